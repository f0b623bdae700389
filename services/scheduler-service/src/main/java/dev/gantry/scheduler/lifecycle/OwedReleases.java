package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.ReleaseOrder;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Has nodes that were lost and came back give back what was removed without them. */
final class OwedReleases {
    private static final Logger LOG = Logger.getLogger(OwedReleases.class);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ContainerStore store;
    private final Ports ports;
    private final Threads threads;

    OwedReleases(ContainerStore store, Ports ports, Threads threads) {
        this.store = store;
        this.ports = ports;
        this.threads = threads;
    }

    /** Returns at once. A release that was given back before is one once more: nothing happens twice. */
    void settle(String node) {
        threads.start("owed by " + node, () -> {
            for (var owed : store.owed(node)) {
                threads.start("owed release " + owed.container(), () -> settle(node, owed));
            }
        });
    }

    /** Until it is done or the node is away again; then its next hello begins anew. */
    private void settle(String node, ContainerStore.Owed owed) throws InterruptedException {
        var order = Order.newBuilder()
                .setContainer(owed.container())
                .setGeneration(owed.generation())
                .setRelease(ReleaseOrder.getDefaultInstance())
                .build();
        Retry.until(
                () -> threads.open() && ports.nodeReady(node),
                "container " + owed.container() + ", removed without its node, is given back",
                () -> {
                    var outcome = ports.apply(node, order, LIMIT);
                    if (outcome.hasFailed()) {
                        LOG.errorf(
                                "container %s: not everything was given back: %s",
                                owed.container(), outcome.getFailed().getMessage());
                    } else {
                        store.settled(owed);
                    }
                });
    }
}
