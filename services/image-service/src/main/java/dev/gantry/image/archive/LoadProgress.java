package dev.gantry.image.archive;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.DockerJson;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jboss.logging.Logger;

/** What a load tells its client: Docker's stream of JSON lines, each ended by CR LF. */
final class LoadProgress {
    private static final Logger LOG = Logger.getLogger(LoadProgress.class);
    private static final long EVERY_NANOS = 100_000_000;
    /** A quiet client hears a blank line now and again, or the connection would count as dead. */
    private static final long SIGN_OF_LIFE_NANOS = 15_000_000_000L;

    private static final int BAR = 50;

    private record Loading(
            @JsonProperty("status") String status,
            @JsonProperty("progressDetail") Detail detail,
            @JsonProperty("progress") String progress,
            @JsonProperty("id") String id) {
        private record Detail(
                @JsonProperty("current") long current,
                @JsonProperty("total") long total) {}
    }

    private record Failed(
            @JsonProperty("errorDetail") What detail,
            @JsonProperty("error") String message) {
        private record What(@JsonProperty("message") String message) {}
    }

    private final OutputStream out;
    private final boolean quiet;
    private boolean gone;
    private long last = System.nanoTime();

    LoadProgress(OutputStream out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    void say(String text) {
        line(Map.of("stream", text + "\n"));
    }

    void failed(String message) {
        line(new Failed(new Failed.What(message), message));
    }

    /** Some of a layer's bytes were read. */
    void layer(String id, long current, long total) {
        long now = System.nanoTime();
        if (quiet) {
            if (now - last > SIGN_OF_LIFE_NANOS) {
                write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } else if (now - last > EVERY_NANOS || current == total) {
            line(new Loading("Loading layer", new Loading.Detail(current, total), bar(current, total), id));
        }
    }

    /** As Docker's own client draws it: {@code [====>   ]  1.5kB/15kB}. */
    static String bar(long current, long total) {
        int done = total <= 0 ? BAR : (int) Math.min(BAR, current * BAR / total);
        String numbers = " ".repeat(Math.max(0, 8 - size(current).length())) + size(current) + "/" + size(total);
        return "[" + "=".repeat(done) + ">" + " ".repeat(BAR - done) + "] " + numbers;
    }

    /** Four digits and a decimal unit, as Go's units.HumanSize. */
    private static String size(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
        int unit = 0;
        BigDecimal value = BigDecimal.valueOf(bytes);
        while (value.compareTo(BigDecimal.valueOf(1000)) >= 0) {
            value = value.movePointLeft(3);
            unit++;
        }
        BigDecimal rounded = value.round(new MathContext(4));
        return (rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString()) + units[unit];
    }

    private void line(Object line) {
        byte[] json = DockerJson.write(line);
        byte[] ended = java.util.Arrays.copyOf(json, json.length + 2);
        ended[json.length] = '\r';
        ended[json.length + 1] = '\n';
        write(ended);
    }

    /** A client that has left does not end the load: what it sent is here. */
    private void write(byte[] bytes) {
        last = System.nanoTime();
        try {
            if (!gone) {
                out.write(bytes);
            }
        } catch (IOException e) {
            LOG.infof("nobody hears of a load any more: %s", e.getMessage());
            gone = true;
        }
    }
}
