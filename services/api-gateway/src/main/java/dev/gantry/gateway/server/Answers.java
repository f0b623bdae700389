package dev.gantry.gateway.server;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.ErrorResponse;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.gateway.api.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jboss.logging.Logger;

/** Writes whole answers. Here alone an error becomes {@code {"message": ...}}; a stack trace goes to the log and nowhere else. */
final class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);
    private static final ByteString NEWLINE = ByteString.copyFromUtf8("\n");
    private static final int INTERNAL_ERROR = 500;

    private Answers() {}

    static void send(HttpServerResponse response, Answer answer) {
        Headers.engine(response);
        write(response, answer);
    }

    private static void write(HttpServerResponse response, Answer answer) {
        response.setStatusCode(answer.status());
        switch (answer) {
            case Answer.Bare bare -> response.end();
            case Answer.Head head -> {
                head.headers().forEach(response::putHeader);
                response.end();
            }
            case Answer.Json json ->
                end(response, "application/json", json.document().concat(NEWLINE));
            case Answer.Text text -> {
                text.headers().forEach(response::putHeader);
                end(response, "text/plain; charset=utf-8", ByteString.copyFromUtf8(text.text()));
            }
        }
    }

    /** Of an operation that exists. */
    static void fail(HttpServerResponse response, Throwable failure) {
        send(response, error(known(failure)));
    }

    /** Of a path that is none, or a version that is not spoken: fewer headers, as the engine's router answers. */
    static void refuse(HttpServerResponse response, GantryException refused) {
        switch (refused.code()) {
            case CLIENT_TOO_OLD -> {
                Headers.version(response);
                response.putHeader("X-Content-Type-Options", "nosniff")
                        .setStatusCode(refused.code().httpStatus());
                end(response, "text/plain; charset=utf-8", ByteString.copyFromUtf8(refused.getMessage() + "\n"));
            }
            case CLIENT_TOO_NEW -> {
                Headers.version(response);
                write(response, error(refused));
            }
            default -> {
                Headers.date(response);
                write(response, error(refused));
            }
        }
    }

    static Answer.Json error(GantryException failure) {
        var body = DockerJson.write(new ErrorResponse(String.valueOf(failure.getMessage())));
        return new Answer.Json(failure.code().httpStatus(), ByteString.copyFrom(body));
    }

    private static GantryException known(Throwable failure) {
        if (failure instanceof GantryException known) {
            if (known.code().httpStatus() == INTERNAL_ERROR) {
                LOG.debugf(known, "answered %d", INTERNAL_ERROR);
            }
            return known;
        }
        LOG.error("unexpected failure of an operation", failure);
        return ErrorCode.INTERNAL.with("internal error: " + failure.getClass().getSimpleName());
    }

    private static void end(HttpServerResponse response, String contentType, ByteString body) {
        response.putHeader("Content-Type", contentType);
        response.putHeader("Content-Length", Integer.toString(body.size()));
        response.end(Buffer.buffer(body.toByteArray()));
    }
}
