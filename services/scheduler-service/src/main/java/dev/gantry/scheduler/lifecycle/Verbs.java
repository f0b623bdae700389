package dev.gantry.scheduler.lifecycle;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.Signal;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.ContainerName;
import dev.gantry.scheduler.container.Phase;
import dev.gantry.scheduler.container.Verb;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** What users ask of a container that is there. Each answers after its effect is committed; true when it changed anything. */
final class Verbs {
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;
    private static final int DEFAULT_GRACE = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    /** What leaves a container as it is and is told all the same. What changes it is told by its transition. */
    private static final Set<String> NOTED =
            Set.of("attach", "detach", "resize", "top", "export", "commit", "copy", "archive-path", "extract-to-dir");

    private final Registry registry;
    private final Ports ports;
    private final InstantSource clock;

    Verbs(Registry registry, Ports ports, InstantSource clock) {
        this.registry = registry;
        this.ports = ports;
        this.clock = clock;
    }

    boolean start(String reference) {
        return start(registry.resolve(reference), false);
    }

    private boolean start(Cell cell, boolean restart) {
        var status = cell.current().status();
        if (!status.up() && !status.is(Phase.REMOVING)) {
            requireNode(cell.current());
        }
        var asked = Asked.of(cell, Verb.START, now -> Transitions.start(now, restart, clock.instant()));
        asked.succeed(PATIENCE);
        return asked.pending();
    }

    boolean stop(String reference, OptionalInt timeoutSeconds, int signal) {
        var cell = registry.resolve(reference);
        return stop(cell, timeoutSeconds, signal, false);
    }

    private boolean stop(Cell cell, OptionalInt timeoutSeconds, int signal, boolean thenStart) {
        settleStart(cell);
        var container = cell.current();
        if (container.status().awaitsRestart()) {
            return endPause(cell, signal == 0 ? stopSignal(container) : signal) && !thenStart;
        }
        if (!container.status().alive()) {
            return false;
        }
        requireNode(container);
        var grace = timeoutSeconds.orElseGet(() -> grace(container));
        var exit = new Exit();
        var asked = Asked.of(
                cell,
                Verb.STOP,
                now -> exit.expectedBy(
                        cell,
                        Transitions.stop(
                                now, signal == 0 ? stopSignal(now) : signal, grace, thenStart, clock.instant())));
        exit.await(grace < 0 ? Duration.ofDays(1) : PATIENCE.plusSeconds(grace), asked.failure());
        return exit.expected();
    }

    /** Its agent is told not to start it again. It may just have: then this is a stop like any other, without patience. */
    private boolean endPause(Cell cell, int signal) {
        requireNode(cell.current());
        Asked.of(cell, Verb.STOP, now -> Transitions.stop(now, signal, 0, false, clock.instant()))
                .succeed(PATIENCE);
        var ended = cell.inMailbox(() -> cell.waiters().register(cell.current(), WaitCondition.NOT_RUNNING));
        var _ = Waiting.on(ended, KILL_PATIENCE, "the end of the container's restarts");
        return true;
    }

    /** Stops it if it runs, and starts it; the stop's commit already says that a start follows. */
    boolean restart(String reference, OptionalInt timeoutSeconds, int signal) {
        var cell = registry.resolve(reference);
        if (!stop(cell, timeoutSeconds, signal, true)) {
            return start(cell, true);
        }
        Asked.of(cell, Verb.START, Change::none).succeed(PATIENCE);
        requireStarted(cell.current());
        return true;
    }

    /** The second half of a restart may have failed before anybody asked for its outcome. */
    private static void requireStarted(Container container) {
        var status = container.status();
        if (!status.alive() && !status.error().isEmpty() && !status.is(Phase.REMOVING)) {
            throw ErrorCode.START_FAILED.with(status.error());
        }
    }

    boolean kill(String reference, String signalGiven) {
        try {
            return kill(registry.resolve(reference), signalGiven.isEmpty() ? SIGKILL : Signal.number(signalGiven));
        } catch (GantryException e) {
            throw new GantryException(e.code(), "cannot kill container: " + reference + ": " + e.getMessage())
                    .causedBy(e);
        }
    }

    private boolean kill(Cell cell, int signal) {
        settleStart(cell);
        if (cell.current().status().awaitsRestart()) {
            return endPause(cell, signal);
        }
        if (cell.current().status().alive()) {
            requireNode(cell.current());
        }
        var exit = new Exit();
        Asked.of(cell, Verb.KILL, now -> exit.expectedBy(cell, Transitions.kill(now, signal, clock.instant())))
                .succeed(PATIENCE);
        if (signal == SIGKILL) {
            exit.await(KILL_PATIENCE, new CompletableFuture<>());
        }
        return true;
    }

    /** @return true: one that cannot be is an error */
    boolean pause(String reference) {
        var cell = registry.resolve(reference);
        settleStart(cell);
        return ordered(cell, Verb.PAUSE, now -> Pausing.pause(now, clock.instant()));
    }

    boolean unpause(String reference) {
        return ordered(registry.resolve(reference), Verb.UNPAUSE, now -> Pausing.unpause(now, clock.instant()));
    }

    @CanIgnoreReturnValue
    private boolean ordered(Cell cell, Verb verb, Function<Container, Change> decide) {
        if (cell.current().status().up()) {
            requireNode(cell.current());
        }
        Asked.of(cell, verb, decide).succeed(PATIENCE);
        return true;
    }

    /** @return warnings */
    List<String> update(String reference, HostConfig wish, NodeFacts node) {
        var cell = registry.resolve(reference);
        settleStart(cell);
        var warnings = new ConcurrentLinkedQueue<String>();
        ordered(cell, Verb.UPDATE, now -> {
            var updated = Updating.update(now, wish, node, clock.instant());
            warnings.addAll(updated.warnings());
            return updated.change();
        });
        return List.copyOf(warnings);
    }

    boolean rename(String reference, String newName) {
        var cell = registry.resolve(reference);
        if (newName.isEmpty()) {
            throw ErrorCode.EMPTY_NAME.with();
        }
        if (ContainerName.withoutSlash(newName).equals(cell.current().name())) {
            throw ErrorCode.SAME_NAME.with();
        }
        try {
            rename(cell, newName);
        } catch (GantryException e) {
            throw new GantryException(e.code(), "Error when allocating new name: " + e.getMessage()).causedBy(e);
        }
        return true;
    }

    private void rename(Cell cell, String newName) {
        // Docker names the slash in this complaint
        var name = ContainerName.validated(newName.startsWith("/") ? newName : "/" + newName);
        registry.reserve(name, cell.id());
        var committed = false;
        try {
            var old = cell.current().name();
            cell.change(container -> Transitions.rename(container, name, clock.instant()));
            committed = true;
            registry.release(old, cell.id());
        } finally {
            if (!committed) {
                registry.release(name, cell.id());
            }
        }
    }

    void note(String reference, String action, Map<String, String> attributes) {
        if (!NOTED.contains(action)) {
            throw ErrorCode.INVALID_PARAMETER.with("not an action to be noted: " + action);
        }
        registry.resolve(reference)
                .change(container -> Transitions.noted(container, action, attributes, clock.instant()));
    }

    /** Returns when the row is gone. */
    boolean remove(String reference, boolean force, boolean volumes) {
        var cell = registry.resolve(reference);
        cell.change(container -> Transitions.remove(container, force, volumes, clock.instant()));
        if (!ports.nodeReady(cell.current().node())) {
            removeWithoutNode(cell, force);
        }
        Waiting.on(
                cell.gone(),
                PATIENCE,
                "the removal of container " + cell.current().name());
        return true;
    }

    /** By force, one whose node is lost is gone for its users; should the node come back, its agent gives it back then. */
    private void removeWithoutNode(Cell cell, boolean force) {
        var container = cell.current();
        if (!force) {
            throw ErrorCode.NODE_AWAY.with(
                    container.node(),
                    "container " + container.name() + " is removed when it returns, or at once by force");
        }
        try {
            if (!ports.awaitReturn(container.node())) {
                cell.change(now -> Transitions.forsake(now, clock.instant()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorCode.INTERNAL.with("interrupted").causedBy(e);
        } catch (GantryException goneMeanwhile) {
            if (!cell.removed()) {
                throw goneMeanwhile;
            }
        }
    }

    /**
     * Whoever waits for a removal and comes a moment too late, after this scheduler took over from one that died, is answered all the
     * same.
     */
    CompletableFuture<Integer> wait(String reference, WaitCondition condition) {
        var departed = registry.departed(reference);
        if (condition == WaitCondition.REMOVED && departed.isPresent()) {
            return CompletableFuture.completedFuture(departed.getAsInt());
        }
        var cell = registry.resolve(reference);
        return cell.inMailbox(() -> {
            cell.requirePresent(reference);
            return cell.waiters().register(cell.current(), condition);
        });
    }

    /** A stop or kill of a container that is being started, or paused, is about what comes of that. */
    private static void settleStart(Cell cell) {
        if (cell.current().status().starting()) {
            Asked.of(cell, Verb.START, Change::none).settle(PATIENCE);
        }
        if (cell.current().status().pending(Verb.PAUSE)) {
            Asked.of(cell, Verb.PAUSE, Change::none).settle(PATIENCE);
        }
    }

    private void requireNode(Container container) {
        if (!ports.nodeReady(container.node())) {
            throw ErrorCode.NODE_AWAY.with(container.node(), "its agent is not connected");
        }
    }

    private static int grace(Container container) {
        var own = container.spec().config().stopTimeout();
        return own == null ? DEFAULT_GRACE : own;
    }

    private static int stopSignal(Container container) {
        var own = container.spec().config().stopSignal();
        return own.isEmpty() ? SIGTERM : Signal.number(own);
    }

    /** The next exit, registered in the same turn of the mailbox that orders it. */
    private static final class Exit {
        private CompletableFuture<Integer> next = CompletableFuture.completedFuture(0);
        private boolean expected;

        Change expectedBy(Cell cell, Change change) {
            if (!change.issued().isEmpty()) {
                next = cell.waiters().register(cell.current(), WaitCondition.NEXT_EXIT);
                expected = true;
            }
            return change;
        }

        boolean expected() {
            return expected;
        }

        void await(Duration limit, CompletableFuture<Integer> failure) {
            var _ = Waiting.on(CompletableFuture.anyOf(next, failure), limit, "the end of the container's process");
        }
    }
}
