package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.within;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.NoteContainer;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/** What the gateway sees happen to a container goes on record at the scheduler, so that it stands on the log among the container's other events. */
final class Notes {
    private static final Logger LOG = Logger.getLogger(Notes.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Backends backends;

    Notes(Backends backends) {
        this.backends = backends;
    }

    /** Returns after the commit; what waits for it may then be answered. */
    void take(ContainerLocation container, String action, Map<String, String> attributes) throws InterruptedException {
        var note = NoteContainer.newBuilder()
                .setReference(container.getId())
                .setAction(action)
                .putAllAttributes(attributes)
                .build();
        ask(
                Asking.SCHEDULER,
                () -> within(Asking.QUERY, ContainersGrpc.newBlockingStub(backends.scheduler()))
                        .note(note));
    }

    /** For what is over, so that nobody is there to be told of a failure: asks until the scheduler is back. */
    void takeInTheEnd(ContainerLocation container, String action) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                take(container, action, Map.of());
                return;
            } catch (GantryException failure) {
                if (failure.code() != ErrorCode.SERVICE_AWAY || System.nanoTime() - deadline > 0) {
                    LOG.warnf("container %s: %s is not on record: %s", container.getId(), action, failure.getMessage());
                    return;
                }
            }
            Thread.sleep(PAUSE);
        }
    }
}
