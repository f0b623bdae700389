package dev.gantry.gateway.server;

import io.vertx.core.http.HttpServerRequest;

/**
 * What a client still sends of a body that nobody wants. It is read and dropped up to a size, so that the client reads our answer instead of
 * a broken pipe; beyond that the connection closes.
 */
final class Leftovers {
    private static final long MOST = 64L << 20;

    private Leftovers() {}

    static void discard(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        var left = new long[] {MOST};
        request.handler(piece -> {
            left[0] -= piece.length();
            if (left[0] < 0) {
                request.connection().close();
            }
        });
        request.endHandler(end -> {});
        request.exceptionHandler(gone -> {});
        request.resume();
    }
}
