package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import dev.gantry.scheduler.container.Phase;
import dev.gantry.scheduler.container.Status;
import dev.gantry.scheduler.container.Verb;
import dev.gantry.scheduler.creation.Endpoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The state machine of a container: pure functions of what is, what came, and the time. An agent tells of a start twice, by the
 * answer to the order and by an observation, in any order; whichever comes first counts. {@code start} is said before
 * {@code die}, each once per run.
 */
final class Transitions {
    private static final int SIGKILL = 9;
    private static final int KILLED = 128 + SIGKILL;
    private static final int UNKNOWN_EXIT = 255;

    private Transitions() {}

    static Change created(Container created, Instant now) {
        return new Step(created, now).say("create").commit();
    }

    /**
     * Orders a start, unless it runs or is on its way.
     *
     * @param restart the start is half of a restart, and will be told so
     */
    static Change start(Container container, boolean restart, Instant now) {
        var status = container.status();
        if (status.is(Phase.REMOVING)) {
            throw ErrorCode.START_REMOVING.with();
        }
        if (status.paused()) {
            throw ErrorCode.START_PAUSED.with();
        }
        if (status.up() || status.starting()) {
            return Change.none(container);
        }
        var step = new Step(container, now);
        return ordered(step.set(step.edit().restarting(restart))).commit();
    }

    private static Step ordered(Step step) {
        return step.set(step.edit().joined(true)).order(Verb.START, 0, 0);
    }

    /** @param thenStart the exit is followed by a start: a restart */
    static Change stop(Container container, int signal, int timeoutSeconds, boolean thenStart, Instant now) {
        var status = container.status();
        if (!status.up() || status.is(Phase.REMOVING)) {
            return Change.none(container);
        }
        var step = new Step(container, now);
        if (status.alive()) {
            Pausing.goOn(step.say("kill", Map.of("signal", Integer.toString(signal))));
        }
        return step.set(step.edit().stopSignal(signal).restarting(thenStart))
                .order(Verb.STOP, signal, timeoutSeconds)
                .commit();
    }

    static Change kill(Container container, int signal, Instant now) {
        if (!container.status().alive()) {
            throw ErrorCode.NOT_RUNNING.with(container.id());
        }
        var step = new Step(container, now).say("kill", Map.of("signal", Integer.toString(signal)));
        return (Pausing.endedBy(container, signal) ? Pausing.goOn(step) : step)
                .order(Verb.KILL, signal, 0)
                .commit();
    }

    /** Begins the removal; one that has begun goes on. */
    static Change remove(Container container, boolean force, boolean volumes, Instant now) {
        var status = container.status();
        if (status.is(Phase.REMOVING)) {
            return Change.none(container);
        }
        if (!force && status.awaitsRestart()) {
            throw ErrorCode.REMOVE_RESTARTING.with(container.name());
        }
        if (!force && status.paused()) {
            throw ErrorCode.REMOVE_PAUSED.with(container.name());
        }
        if (!force && (status.alive() || status.starting())) {
            throw ErrorCode.REMOVE_RUNNING.with(container.name());
        }
        var step = new Step(container, now);
        if (status.alive()) {
            Pausing.goOn(step.say("kill", Map.of("signal", Integer.toString(SIGKILL))));
        }
        return removing(step, volumes).commit();
    }

    private static Step removing(Step step, boolean volumes) {
        return step.set(step.edit()
                        .phase(Phase.REMOVING.name())
                        .removeVolumes(volumes)
                        .restarting(false))
                .order(Verb.RELEASE, 0, 0);
    }

    /** A removal goes on without its node. Nobody saw the end of its process, and nobody ever will. */
    static Change forsake(Container container, Instant now) {
        var status = container.status();
        if (!status.is(Phase.REMOVING) || status.forsaken() || !status.pending(Verb.RELEASE)) {
            return Change.none(container);
        }
        var step = new Step(container, now);
        if (status.alive()) {
            step.set(step.edit().alive(false).pid(0).exitCode(UNKNOWN_EXIT).finishedAt(now))
                    .say("die", Map.of("exitCode", Integer.toString(UNKNOWN_EXIT)));
        }
        return step.set(step.edit().forsaken(true).orders(List.of())).commit();
    }

    /** The agent failed to give everything back: it is told again, as something new, for it would only repeat its answer. */
    static Change releaseAgain(Container container, PendingOrder failed, Instant now) {
        return new Step(container, now)
                .acknowledge(failed.generation())
                .order(Verb.RELEASE, 0, 0)
                .commit();
    }

    static Change rename(Container container, String name, Instant now) {
        return new Step(container.renamed(name), now)
                .say("rename", Map.of("oldName", "/" + container.name()))
                .commit();
    }

    /** Something was done to the container that left it as it is. */
    static Change noted(Container container, String action, Map<String, String> attributes, Instant now) {
        return new Step(container, now).say(action, attributes).commit();
    }

    static Change left(Container container, Instant now) {
        var step = new Step(container, now);
        return step.set(step.edit().joined(false)).remember();
    }

    /** The last thing said of a container. */
    static Change gone(Container container, Instant now) {
        return new Step(container, now).say("destroy").commit();
    }

    /** The agent's answer to an order; the answer to one that is not pending any more says nothing new. */
    static Change outcome(Container container, Outcome outcome, Instant now) {
        var pending = container.status().order(outcome.getGeneration());
        if (pending.isEmpty()) {
            return Change.none(container);
        }
        var step = new Step(container, now).acknowledge(outcome.getGeneration());
        return switch (outcome.getResultCase()) {
            case RUNNING -> running(step, outcome);
            case FAILED -> failed(container, step, pending.get(), outcome.getFailed());
            case DONE, RESULT_NOT_SET ->
                pending.get().is(Verb.UPDATE)
                        ? Updating.done(container, pending.get(), now)
                        : done(step, pending.get());
        };
    }

    private static Change done(Step step, PendingOrder order) {
        return switch (Verb.valueOf(order.verb())) {
            case STOP -> restartGivenUp(step);
            case PAUSE, UNPAUSE -> Pausing.done(step, order);
            case START, KILL, RELEASE, UPDATE -> step.remember();
        };
    }

    /** It ended before, and stays ended now. */
    private static Change restartGivenUp(Step step) {
        if (!step.status().awaitsRestart()) {
            return step.remember();
        }
        if (step.status().stopSignal() != 0) {
            step.say("stop");
        }
        return step.set(step.edit()
                        .phase(Phase.STARTED.name())
                        .stopSignal(0)
                        .network(Endpoints.after(step.status().network())))
                .commit();
    }

    private static Change failed(Container container, Step step, PendingOrder order, Outcome.Failed failed) {
        if (order.is(Verb.START)) {
            return startFailed(container, step, failed);
        }
        if (order.is(Verb.STOP)) {
            // the container's own end, later, is no stop's and no restart's
            step.set(step.edit().stopSignal(0).restarting(false));
        }
        return step.remember();
    }

    /** The order was overtaken by a later one: nothing more will come of it. */
    static Change superseded(Container container, PendingOrder order, Instant now) {
        return container.status().order(order.generation()).isEmpty()
                ? Change.none(container)
                : new Step(container, now).acknowledge(order.generation()).remember();
    }

    /** A stop or a kill that a later order ran past on the way: it is given once more, behind that one. */
    static Change again(Container container, PendingOrder overtaken, Instant now) {
        var step = new Step(container, now).acknowledge(overtaken.generation());
        return container.status().alive() ? step.orderAgain(overtaken).commit() : step.remember();
    }

    private static Change running(Step step, Outcome outcome) {
        if (!newer(step.status(), outcome.getGeneration(), outcome.getRun())) {
            return step.remember();
        }
        var running = outcome.getRunning();
        return started(step, outcome.getGeneration(), outcome.getRun(), running.getPid(), at(running.getStartedAt()))
                .commit();
    }

    private static Change startFailed(Container container, Step step, Outcome.Failed failed) {
        step.set(step.edit()
                .exitCode(failed.getExitCode())
                .error(failed.getMessage())
                .network(Endpoints.after(step.status().network()))
                .restarting(false));
        if (container.autoRemove() && !step.status().is(Phase.REMOVING)) {
            removing(step, true);
        }
        return step.commit();
    }

    /** What the agent saw; a sequence that is not higher was applied before. */
    static Change observed(Container container, Observation seen, Instant now) {
        if (seen.getSequence() <= container.status().sequence()) {
            return Change.none(container);
        }
        var step = new Step(container, now);
        step.set(step.edit().sequence(seen.getSequence()));
        return switch (seen.getFactCase()) {
            case STARTED -> startSeen(step, seen);
            case EXITED -> exitSeen(container, step, seen);
            case OOM -> step.set(step.edit().oomKilled(true)).say("oom").commit();
            case EXEC_CREATED, EXEC_STARTED, EXEC_DIED, EXEC_FAILED ->
                ExecFacts.said(step, seen).commit();
            case RESTART_GIVEN_UP -> restartGivenUp(step);
            case FACT_NOT_SET -> step.remember();
        };
    }

    private static Change startSeen(Step step, Observation seen) {
        if (!newer(step.status(), seen.getGeneration(), seen.getRun())) {
            return step.remember();
        }
        return started(
                        step,
                        seen.getGeneration(),
                        seen.getRun(),
                        seen.getStarted().getPid(),
                        at(seen.getAt()))
                .commit();
    }

    private static Change exitSeen(Container container, Step step, Observation seen) {
        if (seen.getExited().getNotStarted()) {
            return restartFailed(step, seen.getExited());
        }
        if (seen.getExited().getHostBooted() && !ranBefore(step.status(), seen)) {
            return step.remember();
        }
        if (!step.status().alive() && newer(step.status(), seen.getGeneration(), seen.getRun())) {
            started(step, seen.getGeneration(), seen.getRun(), 0, at(seen.getAt()));
        }
        if (!step.status().alive()) {
            return step.remember();
        }
        exited(step, seen);
        if (step.status().restarting()) {
            ordered(step);
        } else if (container.autoRemove() && !step.status().is(Phase.REMOVING)) {
            removing(step, true);
        } else if (restarts(step.status(), seen.getExited())) {
            step.set(step.edit().phase(Phase.RESTARTING.name()));
        }
        return step.commit();
    }

    private static boolean restarts(Status status, Observation.Exited exit) {
        return exit.getRestarting() && !status.restarting() && !status.is(Phase.REMOVING);
    }

    /** Another pause, or the end of it: there was no process, so nothing started or died. */
    private static Change restartFailed(Step step, Observation.Exited exit) {
        if (!step.status().awaitsRestart()) {
            return step.remember();
        }
        step.set(step.edit().exitCode(exit.getExitCode()).error(exit.getError()));
        return exit.getRestarting() ? step.commit() : restartGivenUp(step);
    }

    private static boolean newer(Status status, long generation, long run) {
        return generation > status.runGeneration() || (generation == status.runGeneration() && run > status.run());
    }

    /** Whether it is thought to run since before the boot of its host that this tells of. */
    private static boolean ranBefore(Status status, Observation seen) {
        return status.alive() && status.startedAt().isBefore(at(seen.getAt()));
    }

    private static Step started(Step step, long generation, long run, int pid, Instant at) {
        var status = step.status();
        var ordered = status.pending(Verb.START) || generation > status.runGeneration();
        var wasRestart = status.restarting();
        step.startsDone(generation);
        step.set(step.edit()
                        .phase(status.is(Phase.REMOVING) ? status.phase() : Phase.STARTED.name())
                        .alive(true)
                        .exitCode(0)
                        .error("")
                        .oomKilled(false)
                        .pid(pid)
                        .startedAt(at)
                        .runGeneration(generation)
                        .run(run)
                        .restartCount(ordered ? 0 : status.restartCount() + 1)
                        .restarting(false)
                        .paused(false))
                .say("start");
        return wasRestart ? step.say("restart") : step;
    }

    private static void exited(Step step, Observation seen) {
        var exit = seen.getExited();
        var stopSignal = step.status().stopSignal();
        if (stopSignal != 0 && stopSignal != SIGKILL && exit.getExitCode() == KILLED) {
            step.say("kill", Map.of("signal", Integer.toString(SIGKILL)));
        }
        if (stopSignal != 0) {
            step.say("stop");
        }
        var ended = at(seen.getAt());
        var lasted = Duration.between(step.status().startedAt(), ended).toSeconds();
        step.set(step.edit()
                        .alive(false)
                        .pid(0)
                        .exitCode(exit.getExitCode())
                        .error(exit.getError())
                        .oomKilled(step.status().oomKilled() || exit.getOomKilled())
                        .finishedAt(ended)
                        .stopSignal(0)
                        .paused(false)
                        .execs(List.of())
                        // a restart by the agent keeps its place in the network
                        .network(
                                restarts(step.status(), exit)
                                        ? step.status().network()
                                        : Endpoints.after(step.status().network())))
                .say(
                        "die",
                        Map.of(
                                "exitCode", Integer.toString(exit.getExitCode()),
                                "execDuration", Long.toString(Math.max(0, lasted))));
    }

    private static Instant at(long nanoseconds) {
        return Instant.ofEpochSecond(0, nanoseconds);
    }

    /** What a caller is told of an order that failed. */
    static GantryException failure(Outcome.Failed failed) {
        ErrorCode code;
        try {
            code = ErrorCode.valueOf(failed.getCode());
        } catch (IllegalArgumentException unknown) {
            code = ErrorCode.START_FAILED;
        }
        return new GantryException(code, failed.getMessage());
    }
}
