package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import dev.gantry.scheduler.container.Verb;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The last order of one verb, issued by a change or on its way before it, and its answer to come. The wait begins in the turn of
 * the mailbox that decides, before the commit, so no answer slips by.
 */
record Asked(Cell cell, Optional<CompletableFuture<Outcome>> answer) {
    static Asked of(Cell cell, Verb verb, Function<Container, Change> decide) {
        var answer = new ConcurrentLinkedQueue<CompletableFuture<Outcome>>();
        cell.change(container -> {
            var change = decide.apply(container);
            last(change.after(), verb).ifPresent(order -> answer.add(cell.outcome(order.generation())));
            return change;
        });
        return new Asked(cell, answer.stream().findFirst());
    }

    private static Optional<PendingOrder> last(Container container, Verb verb) {
        return container.status().orders().stream()
                .filter(order -> order.is(verb))
                .reduce((first, second) -> second);
    }

    boolean pending() {
        return answer.isPresent();
    }

    /** Waits for the answer. A failure of the order is thrown with the agent's code and words. */
    void succeed(Duration limit) {
        if (answer.isPresent()) {
            var outcome = Waiting.on(
                    answer.get(), limit, "the agent of " + cell.current().node());
            if (outcome.getResultCase() == Outcome.ResultCase.FAILED) {
                throw Transitions.failure(outcome.getFailed());
            }
        }
    }

    /** Fails as soon as the order does, and else never ends: for whoever waits for the order's effect. */
    CompletableFuture<Integer> failure() {
        var failure = new CompletableFuture<Integer>();
        answer.ifPresent(pending -> {
            var _ = pending.whenComplete((outcome, lost) -> {
                if (lost == null && outcome.getResultCase() == Outcome.ResultCase.FAILED) {
                    failure.completeExceptionally(Transitions.failure(outcome.getFailed()));
                }
            });
        });
        return failure;
    }

    /** Waits for the answer, whatever it is: a failure is told to whoever gave the order. */
    void settle(Duration limit) {
        try {
            succeed(limit);
        } catch (GantryException ofTheOrder) {
            return;
        }
    }
}
