package dev.gantry.gateway.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.gantry.contracts.api.ApiVersion;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Query;
import dev.gantry.gateway.api.Work;
import dev.gantry.gateway.routes.Operation;
import dev.gantry.gateway.routes.RouteTable;
import dev.gantry.service.http.RequestBody;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * From a request to its operation: decided on the event loop, carried out on a virtual thread. Connections that are taken over
 * are taken here, before the event loop can read what comes after the request.
 */
final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final String SHUT_HEADER = "400 Bad Request: missing required Host header";

    private final RouteTable routes;
    private final Executor workers;
    private final Tracing tracing;

    Dispatcher(RouteTable routes, Executor workers, Tracing tracing) {
        this.routes = routes;
        this.workers = workers;
        this.tracing = tracing;
    }

    /** Runs on the event loop. */
    void accept(HttpServerRequest request) {
        try {
            if (!admitted(request)) {
                return;
            }
            var target = Target.parse(request.uri());
            if (request.method().equals(HttpMethod.OPTIONS)) {
                Headers.engine(request.response());
                finish(request, 200);
            } else {
                dispatch(request, target);
            }
        } catch (GantryException refused) {
            Answers.refuse(request.response(), refused);
            Leftovers.discard(request);
        }
    }

    private void dispatch(HttpServerRequest request, Target target) {
        var elsewhere = target.cleanLocation(request.uri());
        if (elsewhere.isPresent()) {
            Headers.date(request.response());
            request.response().putHeader("Location", elsewhere.get());
            finish(request, 301);
            return;
        }
        var match =
                routes.find(request.method().name(), target.operation()).orElseThrow(ErrorCode.PAGE_NOT_FOUND::with);
        var version = target.version().map(ApiVersion::requested).orElse(ApiVersion.CURRENT);
        if (version.compareTo(match.operation().since()) < 0) {
            throw ErrorCode.PAGE_NOT_FOUND.with();
        }
        try {
            var call = new Call(
                    version,
                    match.name(),
                    Query.parse(target.query()),
                    name -> Optional.ofNullable(request.getHeader(name)).orElse(""),
                    bodyLength(request),
                    ByteString.EMPTY);
            run(request, match.operation(), call);
        } catch (GantryException badQuery) {
            Answers.fail(request.response(), badQuery);
            Leftovers.discard(request);
        }
    }

    private void run(HttpServerRequest request, Operation operation, Call call) {
        switch (operation.work()) {
            case Work.Unary unary -> readBody(request, call, whole -> answer(request, operation, unary, whole));
            case Work.Streaming streaming -> {
                var reply = new HttpReply(request.response());
                Leftovers.discard(request);
                work(request, operation, () -> streaming.serve(call, reply));
            }
            case Work.Upload upload -> {
                var reply = new HttpReply(request.response());
                var body = RequestBody.stream(request);
                work(request, operation, () -> {
                    upload.serve(call, body, reply);
                    Leftovers.discard(request);
                });
            }
            case Work.Hijack hijack -> hijack(request, operation, hijack, call);
            case Work.BodyDecides either ->
                readBody(request, call, whole -> {
                    if (either.hijacks().test(whole)) {
                        hijack(request, operation, either.hijack(), whole);
                    } else {
                        answer(request, operation, either.unary(), whole);
                    }
                });
            case Work.Unbuilt unbuilt -> {
                Answers.fail(request.response(), ErrorCode.NOT_IMPLEMENTED.with(operation.words()));
                Leftovers.discard(request);
            }
        }
    }

    /** {@code then} runs on the event loop, before the decoder can look at what came after the body. */
    private static void readBody(HttpServerRequest request, Call call, Consumer<Call> then) {
        SmallBody.read(request)
                .map(body -> withBody(call, UnsafeByteOperations.unsafeWrap(body)))
                .onSuccess(whole -> {
                    try {
                        then.accept(whole);
                    } catch (GantryException badBody) {
                        Answers.fail(request.response(), badBody);
                    }
                })
                .onFailure(failure -> {
                    Answers.fail(request.response(), failure);
                    Leftovers.discard(request);
                });
    }

    private void answer(HttpServerRequest request, Operation operation, Work.Unary unary, Call call) {
        work(request, operation, () -> Answers.send(request.response(), unary.answer(call)));
    }

    private void hijack(HttpServerRequest request, Operation operation, Work.Hijack hijack, Call call) {
        var connection = HijackedConnection.take(request);
        workers.execute(tracing.traced(operation, request.headers(), () -> connection.serve(hijack, call)));
    }

    private interface Step {
        void run() throws Exception;
    }

    private void work(HttpServerRequest request, Operation operation, Step step) {
        workers.execute(tracing.traced(operation, request.headers(), () -> {
            try {
                step.run();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                fail(request, ErrorCode.SERVICE_AWAY.with("the engine", "it is stopping"));
            } catch (Exception failure) {
                fail(request, failure);
            }
        }));
    }

    /** After the head there is no place for an error but to break the answer off, so that no client takes half for the whole. */
    private static void fail(HttpServerRequest request, Exception failure) {
        var response = request.response();
        if (response.closed()) {
            return;
        }
        if (response.headWritten()) {
            LOG.warnf(failure, "the answer to %s %s broke off", request.method(), request.path());
            request.connection().close();
        } else {
            Answers.fail(response, failure);
            Leftovers.discard(request);
        }
    }

    private static Call withBody(Call call, ByteString body) {
        return new Call(call.version(), call.name(), call.query(), call.header(), call.bodyLength(), body);
    }

    /** HTTP/1.1 demands a Host; the engine's HTTP server refuses a request without one before it looks at anything else. */
    private static boolean admitted(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_1_1 || request.headers().contains("Host")) {
            return true;
        }
        request.response()
                .setStatusCode(400)
                .setStatusMessage("Bad Request: missing required Host header")
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Connection", "close")
                .end(SHUT_HEADER);
        return false;
    }

    private static void finish(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
        Leftovers.discard(request);
    }

    private static long bodyLength(HttpServerRequest request) {
        var length = request.getHeader("Content-Length");
        if (length != null) {
            try {
                return Math.max(0, Long.parseLong(length.strip()));
            } catch (NumberFormatException e) {
                throw ErrorCode.INVALID_PARAMETER.with("bad Content-Length \"" + length + "\"");
            }
        }
        return request.headers().contains("Transfer-Encoding") ? -1 : 0;
    }
}
