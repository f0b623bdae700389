package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.docker.container.Signal;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import dev.gantry.scheduler.container.Phase;
import dev.gantry.scheduler.container.Verb;
import java.time.Instant;

/** Stopping a container in its tracks and letting it go on: pure, as {@link Transitions}. It is paused once its agent says so. */
final class Pausing {
    private static final int SIGKILL = 9;

    private Pausing() {}

    static Change pause(Container container, Instant now) {
        var status = container.status();
        if (!status.up() || status.is(Phase.REMOVING)) {
            throw ErrorCode.NOT_RUNNING.with(container.id());
        }
        if (status.paused() || status.pending(Verb.PAUSE)) {
            throw ErrorCode.ALREADY_PAUSED.with(container.id());
        }
        if (status.awaitsRestart()) {
            throw ErrorCode.CONFLICT.with(
                    "Container " + container.id() + " is restarting, wait until the container is running");
        }
        return new Step(container, now).order(Verb.PAUSE, 0, 0).commit();
    }

    static Change unpause(Container container, Instant now) {
        if (!container.status().paused() || container.status().pending(Verb.UNPAUSE)) {
            throw ErrorCode.NOT_PAUSED.with(container.id());
        }
        return new Step(container, now).order(Verb.UNPAUSE, 0, 0).commit();
    }

    /** The agent has done it, to the run that is on. */
    static Change done(Step step, PendingOrder order) {
        var status = step.status();
        if (!status.alive() || order.generation() < status.runGeneration() || overtaken(step, order)) {
            return step.remember();
        }
        if (order.is(Verb.PAUSE)) {
            return status.paused()
                    ? step.remember()
                    : step.set(step.edit().paused(true)).say("pause").commit();
        }
        return status.paused() ? goOn(step).commit() : step.remember();
    }

    /** A stop or a kill that was ordered meanwhile has let it go on, or is about to. */
    private static boolean overtaken(Step step, PendingOrder order) {
        return step.status().orders().stream()
                .anyMatch(later ->
                        later.generation() > order.generation() && (later.is(Verb.STOP) || later.is(Verb.KILL)));
    }

    /** A paused container is let go on, or none of its processes would hear what is asked of them. */
    static Step goOn(Step step) {
        return step.status().paused() ? step.set(step.edit().paused(false)).say("unpause") : step;
    }

    /** Docker's rule: a signal that may be meant to end it lets it go on. That is any, unless the container names its own. */
    static boolean endedBy(Container container, int signal) {
        var own = container.spec().config().stopSignal();
        return own.isEmpty() || signal == SIGKILL || signal == Signal.number(own);
    }
}
