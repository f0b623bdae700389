package dev.gantry.e2e.fault;

import dev.gantry.e2e.harness.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client that reads the numbers of a container from before the kill until long after it. It may be cut off where its victim stood between
 * it and the container, and must hear so then; it never waits in vain for what is printed, and misses nothing.
 */
final class SteadyClient implements AutoCloseable {
    private static final Duration BEGUN = Duration.ofSeconds(60);
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(3);

    private final String words;
    private final Process client;
    private final List<String> lines = new ArrayList<>();
    private long last = System.nanoTime();

    private SteadyClient(String words, Process client) {
        this.words = words;
        this.client = client;
        Thread.ofVirtual().start(() -> client.inputReader().lines().forEach(this::add));
    }

    /** Returns when it has read something. */
    static SteadyClient of(Stage stage, String... words) {
        try {
            var client =
                    new SteadyClient(String.join(" ", words), stage.platform().dockerInBackground(words));
            Await.until("docker " + client.words + " shows something", BEGUN, () -> client.count() > 0);
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        last = System.nanoTime();
    }

    private synchronized int count() {
        return lines.size();
    }

    /** @param mayBeCutOff whether what was killed carried its stream */
    synchronized List<String> problems(boolean mayBeCutOff) {
        var problems = new ArrayList<String>();
        Numbers.gap(lines, Integer.parseInt(lines.getFirst()))
                .ifPresent(gap -> problems.add("docker " + words + " " + gap));
        if (client.isAlive()) {
            if (System.nanoTime() - last > SILENCE) {
                problems.add("docker " + words + " shows nothing any more and does not end");
            }
        } else {
            problems.addAll(end(mayBeCutOff));
        }
        return problems;
    }

    private List<String> end(boolean mayBeCutOff) {
        if (!mayBeCutOff) {
            return List.of("docker " + words + " need not have been cut off: " + error());
        }
        return client.exitValue() == 0 ? List.of("docker " + words + " was told that all is over") : List.of();
    }

    private String error() {
        try {
            return new String(
                    client.getErrorStream().readNBytes(client.getErrorStream().available()), StandardCharsets.UTF_8);
        } catch (IOException closed) {
            return String.valueOf(closed.getMessage());
        }
    }

    @Override
    public void close() {
        client.destroyForcibly();
    }
}
