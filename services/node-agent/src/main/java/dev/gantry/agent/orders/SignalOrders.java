package dev.gantry.agent.orders;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Run;
import dev.gantry.agent.restart.Restarts;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.KillOrder;
import dev.gantry.contracts.rpc.StopOrder;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stop and kill; either also ends a pause before a restart. Neither holds the container while it waits, so the one overtakes the other. */
public final class SignalOrders {
    private static final int SIGKILL = 9;

    /** A killed process is gone after this, or stuck in the kernel. */
    private static final int KILL_SECONDS = 10;

    private final Restarts restarts;
    private final Pauses pauses;

    public SignalOrders(Restarts restarts, Pauses pauses) {
        this.restarts = restarts;
        this.pauses = pauses;
    }

    /** Signal, wait, then SIGKILL. Of a container that does not run: nothing to do. */
    void stop(Container container, StopOrder order) throws InterruptedException {
        restarts.giveUpIfStopped(container);
        var running = settled(container);
        if (running.isPresent()) {
            var run = running.get();
            run.signal(order.getSignal());
            pauses.thaw(container);
            if (!ended(run, order.getTimeoutSeconds())) {
                end(container, run, pauses);
            }
        }
    }

    void kill(Container container, KillOrder order) throws InterruptedException {
        restarts.giveUpIfStopped(container);
        var run = settled(container).orElseThrow(() -> ErrorCode.NOT_RUNNING.with(container.id()));
        if (!run.signal(order.getSignal())) {
            throw ErrorCode.NOT_RUNNING.with(container.id());
        }
        if (order.getThaw()) {
            pauses.thaw(container);
        }
        if (order.getSignal() == SIGKILL) {
            ended(run, KILL_SECONDS);
        }
    }

    /** @throws dev.gantry.contracts.error.GantryException when the kernel does not let go of the process */
    static void end(Container container, Run run, Pauses pauses) throws InterruptedException {
        run.signal(SIGKILL);
        pauses.thaw(container);
        if (!ended(run, KILL_SECONDS)) {
            throw ErrorCode.CONFLICT.with("process " + run.pid() + " does not end after SIGKILL");
        }
    }

    /** The run, once a start that is under way has come to its end. */
    private static Optional<Run> settled(Container container) {
        container.transition().lock();
        try {
            return container.run();
        } finally {
            container.transition().unlock();
        }
    }

    /** @param seconds negative: for ever */
    private static boolean ended(Run run, int seconds) throws InterruptedException {
        try {
            if (seconds < 0) {
                run.ended().get();
            } else {
                run.ended().get(seconds, TimeUnit.SECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a run was not recorded: " + e.getCause(), e);
        }
    }
}
