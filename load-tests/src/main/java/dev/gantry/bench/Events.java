package dev.gantry.bench;

import java.io.IOException;

/** From the API's answer to the line of {@code /events} that tells of it. */
record Events(CreateRequest container) {
    double visible(Engine engine) throws IOException {
        try (var events = engine.creations()) {
            var id = engine.create(container);
            var answered = Stopwatch.start();
            while (!events.chunk().contains(id)) {
                // another container's
            }
            var millis = answered.millis();
            engine.remove(id);
            return millis;
        }
    }
}
