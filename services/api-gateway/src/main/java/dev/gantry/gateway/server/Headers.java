package dev.gantry.gateway.server;

import dev.gantry.contracts.api.ApiVersion;
import dev.gantry.gateway.system.EngineVersion;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The headers that answers have in common. */
final class Headers {
    private static final String SERVER = "Docker/" + EngineVersion.ENGINE + " (linux)";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final AtomicReference<Stamp> NOW = new AtomicReference<>(new Stamp(0, ""));

    /** The date of one second: formatting it for every answer would cost more than the rest of the head. */
    private record Stamp(long second, String text) {}

    private Headers() {}

    /** Of every answer to an operation that exists, errors included. */
    static void engine(HttpServerResponse response) {
        version(response);
        response.putHeader("Docker-Experimental", "false");
    }

    /** The same for a head that is written by hand, each line ended; without the date, as the engine's. */
    static String engineLines() {
        return "Api-Version: " + ApiVersion.CURRENT + "\r\nDocker-Experimental: false\r\nOstype: linux\r\nServer: "
                + SERVER + "\r\n";
    }

    /** Of an answer that says that the client's version is not spoken here. */
    static void version(HttpServerResponse response) {
        response.putHeader("Api-Version", ApiVersion.CURRENT.toString());
        response.putHeader("Ostype", "linux");
        response.putHeader("Server", SERVER);
        date(response);
    }

    static void date(HttpServerResponse response) {
        var second = System.currentTimeMillis() / 1000;
        response.putHeader("Date", stamp(second).text());
    }

    private static Stamp stamp(long second) {
        return Objects.requireNonNull(NOW.updateAndGet(stamp ->
                stamp.second() == second ? stamp : new Stamp(second, HTTP_DATE.format(Instant.ofEpochSecond(second)))));
    }
}
