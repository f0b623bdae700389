package dev.gantry.gateway.server;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * What a client still sends of a body that nobody wants. It is read and dropped up to a size, so that the client reads our answer instead of
 * a broken pipe; beyond that the connection closes.
 */
final class Leftovers {
    private static final Logger LOG = Logger.getLogger(Leftovers.class);
    private static final long MOST = 64L << 20;

    private Leftovers() {}

    static void discard(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        try {
            drop(request);
        } catch (IllegalStateException allHere) {
            LOG.trace("the rest of the body had arrived already");
        }
        request.resume();
    }

    private static void drop(HttpServerRequest request) {
        var left = new AtomicLong(MOST);
        request.handler(piece -> {
            if (left.addAndGet(-piece.length()) < 0) {
                request.connection().close();
            }
        });
        request.endHandler(end -> {});
        request.exceptionHandler(gone -> {});
    }
}
