package dev.gantry.gateway.server;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** Reads a body that belongs in memory, up to a size and within a time. */
final class SmallBody {
    static final int LARGEST = 4 << 20;
    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(30);

    private SmallBody() {}

    /** Called on the event loop, inside the request's handler. */
    static Future<byte[]> read(HttpServerRequest request) {
        if (request.isEnded() || !hasBody(request)) {
            return Future.succeededFuture(new byte[0]);
        }
        Promise<byte[]> read = Promise.promise();
        var body = Buffer.buffer();
        request.handler(piece -> {
            if (body.length() + piece.length() > LARGEST) {
                read.tryFail(ErrorCode.TOO_LARGE.with("request body", LARGEST));
            } else if (!read.future().isComplete()) {
                body.appendBuffer(piece);
            }
        });
        request.endHandler(end -> read.tryComplete(body.getBytes()));
        request.exceptionHandler(failure -> read.tryFail(brokenOff(failure)));
        expire(read);
        return read.future();
    }

    private static boolean hasBody(HttpServerRequest request) {
        var length = request.headers().get("Content-Length");
        return request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
    }

    private static void expire(Promise<byte[]> read) {
        var vertx = Vertx.currentContext().owner();
        var timer = vertx.setTimer(PATIENCE_MS, late -> read.tryFail(ErrorCode.TIMED_OUT.with("the client's body")));
        read.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private static GantryException brokenOff(Throwable failure) {
        return ErrorCode.INVALID_PARAMETER.with("the request body broke off: " + failure.getMessage());
    }
}
