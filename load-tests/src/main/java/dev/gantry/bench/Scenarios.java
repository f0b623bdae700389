package dev.gantry.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** The list of what is measured. */
final class Scenarios {
    private static final int SEQUENTIAL = 50;
    private static final int PARALLEL = 8;

    private final String image;
    private final String cli;
    private final String network;

    Scenarios(String image, String cli, String network) {
        this.image = image;
        this.cli = cli;
        this.network = network;
    }

    List<Scenario> quick() {
        return List.of(
                scenario("create + start", this::createStart),
                scenario("create + start + wait + delete", this::wholeLife),
                commandLine());
    }

    Scenario commandLine() {
        return scenario("`docker run --rm` by CLI", this::commandLine);
    }

    List<Scenario> bulk() {
        return List.of(
                scenario(SEQUENTIAL + " starts, one after the other", this::sequential),
                scenario(PARALLEL + " starts side by side", this::parallel));
    }

    /** From the API's answer to the line of {@code /events} that tells of it. */
    Scenario eventVisible() {
        return scenario("event visible after the answer to create", this::eventVisible);
    }

    private long eventVisible(Engine engine) throws IOException {
        try (var events = engine.creations()) {
            var id = engine.create(image, network, "true");
            var answered = System.nanoTime();
            while (!events.chunk().contains(id)) {
                // another container's
            }
            var nanos = System.nanoTime() - answered;
            engine.remove(id);
            return nanos;
        }
    }

    private Scenario scenario(String name, Scenario.Step step) {
        return new Scenario(name, network, step);
    }

    private long createStart(Engine engine) throws IOException {
        var begin = System.nanoTime();
        var id = engine.create(image, network, "sleep", "1000");
        engine.start(id);
        var nanos = System.nanoTime() - begin;
        engine.remove(id);
        return nanos;
    }

    private long wholeLife(Engine engine) throws IOException {
        var begin = System.nanoTime();
        var id = engine.create(image, network, "true");
        engine.start(id);
        engine.await(id);
        engine.remove(id);
        return System.nanoTime() - begin;
    }

    private long commandLine(Engine engine) throws IOException, InterruptedException {
        var command = new ProcessBuilder(cli, "run", "--rm", "--network", network, image, "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.PIPE);
        command.environment().put("DOCKER_HOST", engine.host());
        var begin = System.nanoTime();
        var process = command.start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        var exit = process.waitFor();
        var nanos = System.nanoTime() - begin;
        if (exit != 0) {
            throw new IOException(engine.name() + ": docker run exited with " + exit + ": " + output);
        }
        return nanos;
    }

    private long sequential(Engine engine) throws IOException {
        var ids = new ArrayList<String>();
        var begin = System.nanoTime();
        for (var i = 0; i < SEQUENTIAL; i++) {
            var id = engine.create(image, network, "sleep", "1000");
            ids.add(id);
            engine.start(id);
        }
        var nanos = System.nanoTime() - begin;
        for (var id : ids) {
            engine.remove(id);
        }
        return nanos;
    }

    private long parallel(Engine engine) throws Exception {
        var lanes = new ArrayList<Engine>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < PARALLEL; i++) {
                lanes.add(engine.another());
            }
            var work = lanes.stream()
                    .map(lane -> (Callable<String>) () -> {
                        var id = lane.create(image, network, "sleep", "1000");
                        lane.start(id);
                        return id;
                    })
                    .toList();
            var begin = System.nanoTime();
            var started = executor.invokeAll(work);
            var nanos = System.nanoTime() - begin;
            for (var id : started) {
                engine.remove(id.get());
            }
            return nanos;
        } finally {
            for (var lane : lanes) {
                lane.close();
            }
        }
    }
}
