package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.within;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.ContainerQuery;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.WaitContainer;
import dev.gantry.contracts.rpc.WaitUpdate;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One client's wait at the scheduler. A scheduler that dies takes its waiters along; this one registers again when it is back, so
 * that a {@code docker run} outlives it.
 */
final class Waiting {
    private static final Logger LOG = Logger.getLogger(Waiting.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Backends backends;
    private final String container;
    private final String condition;
    private volatile @Nullable BlockingClientCall<?, WaitUpdate> updates;
    private volatile boolean over;

    Waiting(Backends backends, String container, String condition) {
        this.backends = backends;
        this.container = container;
        this.condition = condition;
    }

    /** Returns when the scheduler has the waiter; the first update may be the answer already. */
    WaitUpdate register() throws InterruptedException {
        return register(condition);
    }

    private WaitUpdate register(String until) throws InterruptedException {
        var request = WaitContainer.newBuilder()
                .setReference(container)
                .setCondition(until)
                .build();
        BlockingClientCall<?, WaitUpdate> registering =
                ContainersGrpc.newBlockingV2Stub(backends.scheduler()).wait(request);
        updates = registering;
        if (over) {
            end();
        }
        return ask(Asking.SCHEDULER, () -> first(registering));
    }

    private static WaitUpdate first(BlockingClientCall<?, WaitUpdate> registering)
            throws StatusException, InterruptedException {
        try {
            return present(registering.read(Asking.QUERY.toSeconds(), TimeUnit.SECONDS));
        } catch (TimeoutException late) {
            throw ErrorCode.TIMED_OUT.with(Asking.SCHEDULER).causedBy(late);
        }
    }

    /** The answer, however long it takes. */
    WaitUpdate.Exited exited(WaitUpdate first) throws InterruptedException {
        var update = first;
        while (!update.hasExited()) {
            try {
                var from = updates;
                update = ask(Asking.SCHEDULER, () -> present(from == null ? null : from.read()));
            } catch (GantryException failure) {
                update = registeredAgain(failure);
            }
        }
        return update.getExited();
    }

    private WaitUpdate registeredAgain(GantryException failure) throws InterruptedException {
        var away = failure;
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!over && away.code() == ErrorCode.SERVICE_AWAY && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE);
            try {
                var update = register(conditionOnReturn());
                LOG.infof("waiting again for container %s", container);
                return update;
            } catch (GantryException still) {
                away = still;
            }
        }
        throw away;
    }

    /** The exit that was waited for may have come meanwhile: of a container that has been started it is the last one. */
    private String conditionOnReturn() throws InterruptedException {
        if (!condition.equals("next-exit")) {
            return condition;
        }
        var query = ContainerQuery.newBuilder().setReference(container).build();
        var found = ask(
                Asking.SCHEDULER,
                () -> within(Asking.QUERY, ContainersGrpc.newBlockingStub(backends.scheduler()))
                        .locate(query));
        return found.getState().equals("created") ? condition : "not-running";
    }

    /** Takes the waiter back; harmless after the answer. */
    void end() {
        over = true;
        var call = updates;
        if (call != null) {
            call.cancel("nobody waits any more", null);
        }
    }

    private static WaitUpdate present(@Nullable WaitUpdate update) {
        if (update == null) {
            throw ErrorCode.SERVICE_AWAY.with(Asking.SCHEDULER, "it ended a wait without its answer");
        }
        return update;
    }
}
