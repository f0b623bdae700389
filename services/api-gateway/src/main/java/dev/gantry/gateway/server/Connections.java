package dev.gantry.gateway.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The open connections: not more than a bound, and none that stays silent from its beginning. A connection that has asked once may be idle as long
 * as it likes; clients keep them for their next question.
 */
final class Connections {
    private static final int MOST = 4096;
    private static final long FIRST_REQUEST_MS = TimeUnit.SECONDS.toMillis(30);
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Map<HttpConnection, Long> timers = new ConcurrentHashMap<>();

    Connections(Vertx vertx) {
        this.vertx = vertx;
    }

    void opened(HttpConnection connection) {
        if (timers.size() >= MOST) {
            connection.close();
            return;
        }
        timers.put(connection, vertx.setTimer(FIRST_REQUEST_MS, silent -> connection.close()));
        connection.closeHandler(closed -> {
            spoke(connection);
            timers.remove(connection);
        });
    }

    void spoke(HttpConnection connection) {
        Long timer = timers.replace(connection, NO_TIMER);
        if (timer != null && timer != NO_TIMER) {
            vertx.cancelTimer(timer);
        }
    }
}
