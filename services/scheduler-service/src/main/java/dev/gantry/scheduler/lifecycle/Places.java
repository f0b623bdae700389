package dev.gantry.scheduler.lifecycle;

import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.Phase;
import dev.gantry.scheduler.container.StatusBuilder;
import dev.gantry.scheduler.creation.SharedNetwork;
import java.time.InstantSource;
import java.util.Set;

/**
 * Asks network-service once more where a running container is, when that is not known: a scheduler that died between the join and the
 * commit of the start knew it, and the start itself may be heard of on the stream, before its order goes out again.
 */
final class Places {
    private static final Set<String> NOWHERE = Set.of("none", "host");

    private final Ports ports;
    private final Threads threads;
    private final InstantSource clock;

    Places(Ports ports, Threads threads, InstantSource clock) {
        this.ports = ports;
        this.threads = threads;
        this.clock = clock;
    }

    static boolean unknown(Container container) {
        var status = container.status();
        var mode = container.spec().hostConfig().networkMode();
        var settings = status.network();
        return status.alive()
                && status.joined()
                && !status.is(Phase.REMOVING)
                && !NOWHERE.contains(mode)
                && !SharedNetwork.is(mode)
                && (settings == null || settings.sandboxId().isEmpty());
    }

    void find(Cell cell) {
        threads.start(
                "place " + cell.id(),
                () -> Retry.until(
                        () -> threads.open() && !cell.gone().isDone() && unknown(cell.current()),
                        "container " + cell.id() + " has a place in its network",
                        () -> found(cell, ports.join(cell.current()))));
    }

    private void found(Cell cell, Ports.Joined joined) {
        cell.change(container -> unknown(container)
                ? new Step(container, clock.instant())
                        .set(StatusBuilder.builder(container.status()).network(joined.settings()))
                        .commit()
                : Change.none(container));
    }
}
