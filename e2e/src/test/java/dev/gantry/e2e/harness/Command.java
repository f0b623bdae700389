package dev.gantry.e2e.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One run of a real program, bounded in time. */
@SuppressWarnings("ArrayRecordComponent") // the input is written once and never compared
public record Command(List<String> words, Map<String, String> environment, byte[] input, Duration limit) {
    /** How it ended. Standard output and error are kept apart, as a script sees them. */
    public record Result(int exit, String out, String err) {}

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    public Result run() {
        try {
            var process = start();
            var out = reader(process.getInputStream());
            var err = reader(process.getErrorStream());
            try (var in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException closedEarly) {
                // a program need not read its input: its exit code and message say what happened
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        words + " did not end within " + limit + "; so far: " + out.text() + err.text());
            }
            return new Result(process.exitValue(), out.joined(), err.joined());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it in the background; the caller ends it. */
    public Process start() throws IOException {
        var builder = new ProcessBuilder(words).directory(Path.of("..").toFile());
        // what the instance is called decides where it lives, not where the caller's own does
        builder.environment().keySet().removeAll(Set.of("GANTRY_DATA", "GANTRY_RUN"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Reading reader(InputStream in) {
        var reading = new Reading(in);
        reading.thread = Thread.ofVirtual().start(reading);
        return reading;
    }

    private static final class Reading implements Runnable {
        private final InputStream in;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Thread thread = Thread.currentThread();

        private Reading(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            try {
                in.transferTo(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String joined() throws InterruptedException {
            thread.join();
            return text();
        }

        private String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
