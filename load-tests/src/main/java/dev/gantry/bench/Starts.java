package dev.gantry.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** What {@code docker run} is made of. */
record Starts(String image, String cli, String network) {
    double createStart(Engine engine) throws IOException {
        var begin = Stopwatch.start();
        var id = sleeping(engine);
        var millis = begin.millis();
        engine.remove(id);
        return millis;
    }

    double wholeLife(Engine engine) throws IOException {
        var begin = Stopwatch.start();
        var id = engine.create(CreateRequest.of(image, network, "true"));
        engine.start(id);
        engine.await(id);
        engine.remove(id);
        return begin.millis();
    }

    double commandLine(Engine engine) throws IOException, InterruptedException {
        var command = new ProcessBuilder(
                        cli, "run", "--rm", "--label", CreateRequest.LABEL, "--network", network, image, "true")
                .redirectErrorStream(true);
        command.environment().put("DOCKER_HOST", engine.host());
        var begin = Stopwatch.start();
        var process = command.start();
        try {
            // not its output first: only this can be interrupted
            var exit = process.waitFor();
            var millis = begin.millis();
            if (exit != 0) {
                var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                throw new IOException("docker run exited with " + exit + ": " + output);
            }
            return millis;
        } finally {
            process.destroyForcibly();
        }
    }

    double oneAfterTheOther(Engine engine, int containers) throws IOException {
        var ids = new ArrayList<String>();
        var begin = Stopwatch.start();
        for (var i = 0; i < containers; i++) {
            ids.add(sleeping(engine));
        }
        var millis = begin.millis();
        for (var id : ids) {
            engine.remove(id);
        }
        return millis;
    }

    double sideBySide(Engine engine, int containers) throws Exception {
        var connections = new ArrayList<Engine>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < containers; i++) {
                connections.add(engine.another());
            }
            var work = connections.stream()
                    .map(connection -> (Callable<String>) () -> sleeping(connection))
                    .toList();
            var begin = Stopwatch.start();
            var started = executor.invokeAll(work);
            var millis = begin.millis();
            for (var id : started) {
                engine.remove(id.get());
            }
            return millis;
        } finally {
            connections.forEach(Engine::close);
        }
    }

    private String sleeping(Engine engine) throws IOException {
        var id = engine.create(CreateRequest.of(image, network, "sleep", "1000"));
        engine.start(id);
        return id;
    }
}
