package dev.gantry.bench;

import dev.gantry.bench.Scenario.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** One scenario on one engine. What goes wrong ends it here and nowhere else; its containers are removed in the end. */
final class Lane implements AutoCloseable {
    /** For a round. Docker with a thousand published ports needs most of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Engine engine;
    private final Scenario scenario;
    private final List<List<Double>> rounds = new ArrayList<>();

    // apart, so that a round without end can be interrupted: that closes the channel it waits for
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    private Optional<Engine> connection = Optional.empty();
    private Optional<Subject> subject = Optional.empty();
    private Optional<Outcome> ended = Optional.empty();

    Lane(Engine engine, Scenario scenario) {
        this.engine = engine;
        this.scenario = scenario;
    }

    void prepare() {
        attempt(() -> {
            var own = engine.another(); // after a failure nobody knows what is still to be read from the old one
            connection = Optional.of(own);
            own.removeAll(); // of a benchmark that was killed
            if (own.hasNetwork(scenario.network())) {
                subject = Optional.of(scenario.setup().on(own));
            } else {
                ended = Optional.of(new Outcome.Absent());
            }
            return true;
        });
    }

    void round(boolean counts) {
        if (ended.isPresent()) {
            return;
        }
        attempt(() -> {
            var values = subject.orElseThrow().round();
            return !counts || rounds.add(values);
        });
    }

    private void attempt(Callable<Boolean> step) {
        var running = thread.submit(step);
        try {
            running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            fail(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            running.cancel(true);
            fail("no end within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
    }

    private void fail(String reason) {
        System.err.println("failed: " + scenario.name() + " on " + engine.name() + ": " + reason);
        ended = Optional.of(new Outcome.Failed(reason));
    }

    Outcome outcome() {
        return ended.orElseGet(() ->
                new Outcome.Measured(IntStream.range(0, scenario.rows().size())
                        .mapToObj(row -> Samples.of(
                                rounds.stream().map(values -> values.get(row)).toList()))
                        .toList()));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        connection.ifPresent(Engine::close);
        try (var fresh = engine.another()) {
            fresh.removeAll();
        } catch (IOException e) {
            System.err.println(engine.name() + ": cannot remove what is left: " + e);
        }
    }
}
