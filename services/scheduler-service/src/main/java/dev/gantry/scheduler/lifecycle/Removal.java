package dev.gantry.scheduler.lifecycle;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The saga of a removal, from the commit of {@code removing} to the commit that deletes the row and says {@code destroy}.
 * Each step may be repeated, so it begins again from the start after a crash. While the node is away the container
 * stays {@code removing} and keeps its name, unless somebody forsakes it.
 */
final class Removal {
    private static final Logger LOG = Logger.getLogger(Removal.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Ports ports;
    private final Threads threads;
    private final Departures departures;
    private final Registry registry;
    private final OwedReleases owed;
    private final InstantSource clock;

    Removal(
            Ports ports,
            Threads threads,
            Departures departures,
            Registry registry,
            OwedReleases owed,
            InstantSource clock) {
        this.ports = ports;
        this.threads = threads;
        this.departures = departures;
        this.registry = registry;
        this.owed = owed;
        this.clock = clock;
    }

    void begin(Cell cell) {
        threads.start("removal " + cell.id(), () -> run(cell));
    }

    private void run(Cell cell) throws InterruptedException {
        if (cell.current().status().joined()) {
            departures.begin(cell);
        }
        Cell.join(cell.released());
        // not before: a volume that goes with it must not be written to any more
        Retry.until(
                threads::open,
                "container " + cell.id() + " gives its volumes back",
                () -> ports.release(cell.current()));
        awaitExit(cell);
        departures.await(cell);
        if (threads.open()) {
            var forsaken = cell.current().status().forsaken();
            cell.destroy(container -> Transitions.gone(container, clock.instant()), () -> registry.remove(cell));
            if (forsaken) { // its node may have come back meanwhile
                owed.settle(cell.current().node());
            }
        }
    }

    /** The exit that the release brought about is on the stream; {@code die} comes before {@code destroy} if it comes soon. */
    private static void awaitExit(Cell cell) throws InterruptedException {
        var exited = cell.inMailbox(() -> cell.current().status().alive()
                ? cell.waiters().register(cell.current(), WaitCondition.NEXT_EXIT)
                : CompletableFuture.completedFuture(0));
        try {
            exited.get(LAST_WORDS.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("container %s: its exit was not reported, it is removed without", cell.id());
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
