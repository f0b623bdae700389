package dev.gantry.e2e.fault;

import dev.gantry.e2e.harness.Command.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code docker attach} to a container that counts: each client reads some lines and leaves. */
record AttachMoment(Stage stage, List<SteadyClient> steady) implements Scenario {
    private static final int LINES = 60;
    private static final int HANGS_AFTER_SECONDS = 130;

    AttachMoment(Stage stage) {
        this(stage, new ArrayList<>());
    }

    @Override
    public Moment moment() {
        return Moment.ATTACH;
    }

    private String name() {
        return stage.object(moment(), 0);
    }

    @Override
    public void prepare() {
        stage.must(stage.make("run", name(), List.of("--network", "none"), Numbers.script(0.02)));
        steady.add(SteadyClient.of(stage, "attach", "--no-stdin", name()));
    }

    @Override
    public Operation call(int round) {
        var begun = System.nanoTime();
        var words = List.of("attach", "--no-stdin", name());
        var result = read(words);
        return new Operation(name(), words, begun, System.nanoTime(), result);
    }

    /** Exit code 0 stands for a client that has read all its lines. */
    private Result read(List<String> words) {
        try {
            var client = stage.platform().dockerInBackground(words.toArray(String[]::new));
            try {
                return read(client);
            } finally {
                client.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Result read(Process client) throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        var hangs = new java.util.concurrent.atomic.AtomicBoolean(true);
        var reading = Thread.ofVirtual().start(() -> {
            client.inputReader().lines().limit(LINES).forEach(lines::add);
            hangs.set(false);
        });
        reading.join(TimeUnit.SECONDS.toMillis(HANGS_AFTER_SECONDS));
        if (hangs.get()) {
            throw new AssertionError("docker attach neither goes on nor ends; it has shown " + lines.size() + " lines");
        }
        if (lines.size() == LINES) {
            return new Result(0, String.join("\n", lines), "");
        }
        if (!client.waitFor(HANGS_AFTER_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("docker attach shows nothing any more and does not end");
        }
        return new Result(
                client.exitValue() == 0 ? -1 : client.exitValue(),
                String.join("\n", lines),
                new String(client.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public List<String> unsettled(World world, List<Operation> calls) {
        var problems = new ArrayList<String>();
        steady.forEach(client -> problems.addAll(client.problems(stage.victim().holdsStreams())));
        for (var call : calls) {
            var lines = call.result().out().lines().toList();
            if (!lines.isEmpty()) {
                Numbers.gap(lines, Integer.parseInt(lines.getFirst()))
                        .ifPresent(gap -> problems.add("what " + call + " showed " + gap));
            }
            if (!call.answered() && !lines.isEmpty() && !stage.victim().holdsStreams()) {
                problems.add("it need not have been cut off: " + call);
            }
            if (call.result().exit() == -1) {
                problems.add("it was told that the container had ended: " + call);
            }
        }
        return problems;
    }

    @Override
    public List<String> repeat(List<Operation> calls) {
        if (stage.hostDies()) {
            stage.quietly("start", name());
        }
        var again = call(0);
        return again.answered() ? List.of() : List.of("repeated: " + again);
    }

    @Override
    public void leave() {
        steady.forEach(SteadyClient::close);
    }

    @Override
    public List<String> unfinished(World world, List<Operation> calls) {
        var problems = new ArrayList<>(unsettled(world, calls));
        problems.addAll(Numbers.gapsOfRuns(name(), stage.logs(name())));
        if (!world.status(name()).equals("running")) {
            problems.add(name() + " is " + world.status(name()));
        }
        return problems;
    }
}
