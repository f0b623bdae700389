package dev.gantry.scheduler.lifecycle;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes containers whose processes ended out of their networks and off their volumes. At most one departure per container is under way, and a
 * start waits for it: else the departure of the last run could end the endpoints of the next.
 */
final class Departures {
    private final Ports ports;
    private final Threads threads;
    private final InstantSource clock;
    private final Map<String, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();

    Departures(Ports ports, Threads threads, InstantSource clock) {
        this.ports = ports;
        this.threads = threads;
        this.clock = clock;
    }

    /** Begins a departure, or joins the one under way. */
    void begin(Cell cell) {
        var left = new CompletableFuture<Void>();
        if (leaving.putIfAbsent(cell.id(), left) == null) {
            threads.start("leave " + cell.id(), () -> leave(cell, left));
        }
    }

    void await(Cell cell) {
        var under = leaving.get(cell.id());
        if (under != null) {
            Cell.join(under);
        }
    }

    private void leave(Cell cell, CompletableFuture<Void> left) throws InterruptedException {
        Retry.until(
                () -> threads.open() && !cell.gone().isDone(),
                "container " + cell.id() + " leaves its networks and volumes",
                () -> {
                    ports.leave(cell.current());
                    ports.unmount(cell.current());
                });
        if (threads.open()) {
            cell.change(container -> Transitions.left(container, clock.instant()));
        }
        leaving.remove(cell.id());
        left.complete(null);
    }
}
