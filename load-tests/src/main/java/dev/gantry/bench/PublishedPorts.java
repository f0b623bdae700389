package dev.gantry.bench;

import dev.gantry.bench.CreateRequest.Publication;
import dev.gantry.bench.Scenario.Subject;
import java.util.List;
import java.util.stream.IntStream;

/** To start and to stop a container with many published ports. */
record PublishedPorts(CreateRequest container, int ports) implements Scenario.Setup {
    /** Above what kernels and engines choose from by default. */
    private static final int FIRST = 61_000;

    @Override
    public Subject on(Engine engine) {
        var request = container.publishing(publications(engine.position()));
        return () -> {
            var id = engine.create(request);
            var start = Stopwatch.start();
            engine.start(id);
            var started = start.millis();
            var stop = Stopwatch.start();
            engine.stop(id);
            var stopped = stop.millis();
            engine.remove(id);
            return List.of(started, stopped);
        };
    }

    /** Each engine has its own: they share the host's addresses. */
    List<Publication> publications(int position) {
        var first = FIRST + position * ports;
        return IntStream.range(first, first + ports)
                .mapToObj(port -> new Publication(port, "", port))
                .toList();
    }
}
