package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.Phase;
import dev.gantry.scheduler.container.Verb;
import dev.gantry.service.tracing.TraceCarrier;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One container in memory: its state, its mailbox, and who waits for it. Every change is decided on the current state, committed,
 * then made visible, then followed by its effects; all of that in the mailbox.
 */
final class Cell {
    /** What goes with a change; runs in the mailbox, so it only hands work to other threads. */
    interface Effects {
        /** While it is being committed: only what a scheduler after this one can take back. */
        void precede(Cell cell, Container before, Change change);

        void follow(Cell cell, Container before, Change change);
    }

    private final ContainerStore store;
    private final Effects effects;
    private final Mailbox mailbox;
    private final Waiters waiters = new Waiters();
    private final Map<Long, CompletableFuture<Outcome>> outcomes = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private volatile Container current;
    /** Whether the last commit may have failed; for the mailbox. */
    private boolean uncertain;

    Cell(Container container, ContainerStore store, Effects effects, TraceCarrier traces) {
        this.mailbox = new Mailbox(traces);
        this.current = container;
        this.store = store;
        this.effects = effects;
        noteRelease();
    }

    private void noteRelease() {
        if (current.status().is(Phase.REMOVING) && !current.status().pending(Verb.RELEASE)) {
            released.complete(null);
        }
    }

    Container current() {
        return current;
    }

    String id() {
        return current.id();
    }

    Waiters waiters() {
        return waiters;
    }

    /** Completed when the row is deleted. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    /** Whether its row is deleted; not so when only this scheduler has ended. */
    boolean removed() {
        return gone.state() == Future.State.SUCCESS;
    }

    /** @throws dev.gantry.contracts.error.GantryException NO_SUCH_CONTAINER; SERVICE_AWAY when this scheduler is not active any more */
    void requirePresent(String reference) {
        if (removed()) {
            throw ErrorCode.NO_SUCH_CONTAINER.with(reference);
        }
        if (gone.isDone()) {
            throw notActive();
        }
    }

    /** Completed when the agent keeps nothing of it any more. */
    CompletableFuture<Void> released() {
        return released;
    }

    /** The answer to the order of this generation, after its effect is committed. */
    CompletableFuture<Outcome> outcome(long generation) {
        return outcomes.computeIfAbsent(generation, key -> new CompletableFuture<>());
    }

    void answer(Outcome outcome) {
        outcome(outcome.getGeneration()).complete(outcome);
        outcomes.remove(outcome.getGeneration());
    }

    /** Whoever waits for the one waits for the other instead. */
    void link(long generation, long successor) {
        var _ = outcome(successor).whenComplete((outcome, error) -> {
            var waiting = outcome(generation);
            outcomes.remove(generation);
            if (error == null) {
                waiting.complete(outcome);
            } else {
                waiting.completeExceptionally(error);
            }
        });
    }

    void giveUp(long generation, RuntimeException why) {
        outcome(generation).completeExceptionally(why);
        outcomes.remove(generation);
    }

    /** Decides and applies a change, and waits for it. */
    Change change(Function<Container, Change> decide) {
        return mailbox.perform(() -> apply(decide));
    }

    /**
     * Applies what an order came to and answers whoever waits for it in one turn: else a removal that follows from it could end
     * first, and he would only hear that the container is gone.
     */
    void conclude(Function<Container, Change> decide, Outcome outcome) {
        inMailbox(() -> {
            var change = apply(decide);
            answer(outcome);
            return change;
        });
    }

    /** Applies what was seen; what follows from it begins traces of its own. */
    CompletableFuture<Change> observe(Function<Container, Change> decide) {
        return mailbox.submitUnasked(() -> apply(decide));
    }

    <T> T inMailbox(Supplier<T> work) {
        return mailbox.perform(work);
    }

    private Change apply(Function<Container, Change> decide) {
        var before = current;
        requirePresent(before.id());
        requireCertainty();
        var change = decide.apply(before);
        effects.precede(this, before, change);
        if (change.durable()) {
            commit(() -> store.update(before, change));
        }
        current = change.after();
        noteRelease();
        effects.follow(this, before, change);
        return change;
    }

    private void delete(Container before, Change change) {
        if (before.status().forsaken()) {
            store.deleteOwing(before.status().version(), change);
        } else {
            store.delete(before.status().version(), change);
        }
    }

    /** What comes after a commit that failed must wait for the next scheduler: here it would be told without what came before it. */
    private void commit(Runnable work) {
        uncertain = true;
        work.run();
        uncertain = false;
    }

    private void requireCertainty() {
        if (uncertain) {
            throw ErrorCode.SERVICE_AWAY.with("the scheduler", "a commit failed, everything is loaded again");
        }
    }

    /** The end: the row goes and {@code destroy} is said in one commit, then everybody who waits is told. */
    void destroy(Function<Container, Change> decide, Runnable forget) {
        inMailbox(() -> {
            requireCertainty();
            var before = current;
            var change = decide.apply(before);
            commit(() -> delete(before, change));
            current = change.after();
            forget.run();
            gone.complete(null);
            waiters.removed(before.status().exitCode());
            outcomes.values()
                    .forEach(waiting -> waiting.completeExceptionally(ErrorCode.NO_SUCH_CONTAINER.with(before.id())));
            return change;
        });
    }

    /** This scheduler is not active any more: nobody here will hear how it went on. */
    void abandon() {
        var away = notActive();
        outcomes.values().forEach(waiting -> waiting.completeExceptionally(away));
        waiters.abandoned(away);
        gone.completeExceptionally(away);
        released.completeExceptionally(away);
    }

    private static GantryException notActive() {
        return ErrorCode.SERVICE_AWAY.with("the scheduler", "it is not active any more");
    }

    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorCode.INTERNAL.with("interrupted").causedBy(e);
        }
    }
}
