package dev.gantry.bench;

import dev.gantry.bench.Scenario.Subject;
import java.io.IOException;
import java.util.List;

/** From the request to create an exec to the answer that has its exit code. */
record Execs(CreateRequest container) implements Scenario.Setup {
    @Override
    public Subject on(Engine engine) throws IOException {
        var id = engine.create(container);
        engine.start(id);
        return () -> {
            var begin = Stopwatch.start();
            var exit = engine.exec(id, "true");
            var millis = begin.millis();
            if (exit != 0) {
                throw new IOException("true exited with " + exit);
            }
            return List.of(millis);
        };
    }
}
