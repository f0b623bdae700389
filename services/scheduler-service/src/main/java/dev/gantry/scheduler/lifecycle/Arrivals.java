package dev.gantry.scheduler.lifecycle;

import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks for a container's place in its network while its start is being committed, for the two take the same time. A start that is
 * not committed in the end leaves a place behind: whoever is the active scheduler next makes all containers that do not run leave.
 */
final class Arrivals {
    /** What an order will ask for. */
    private record Early(long generation, CompletableFuture<Ports.Joined> joined) {}

    private final Ports ports;
    private final Threads threads;
    private final Departures departures;
    private final Neighbours neighbours;
    private final Map<String, Early> early = new ConcurrentHashMap<>();

    Arrivals(Ports ports, Threads threads, Departures departures, Neighbours neighbours) {
        this.threads = threads;
        this.ports = ports;
        this.departures = departures;
        this.neighbours = neighbours;
    }

    /** For a container without a place. */
    void begin(Cell cell, PendingOrder start) {
        var container = cell.current();
        if (neighbours.owner(container.spec().hostConfig().networkMode()).isEmpty()) {
            early.put(cell.id(), new Early(start.generation(), threads.beside(() -> place(cell, container))));
        }
    }

    /** The place of a container that is started by this order. Asking again is harmless. */
    Ports.Joined join(Cell cell, PendingOrder start) {
        var begun = early.remove(cell.id());
        return begun != null && begun.generation() == start.generation()
                ? Cell.join(begun.joined())
                : place(cell, cell.current());
    }

    private Ports.Joined place(Cell cell, Container container) {
        departures.await(cell);
        return ports.join(container);
    }
}
