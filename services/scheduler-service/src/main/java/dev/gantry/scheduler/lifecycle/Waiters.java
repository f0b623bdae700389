package dev.gantry.scheduler.lifecycle;

import dev.gantry.scheduler.container.Container;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Who waits for one container to end. Answers with the exit code, and never for a start that failed. */
final class Waiters {
    private record Waiter(WaitCondition condition, CompletableFuture<Integer> answer) {}

    private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();

    /** Called in the container's mailbox, so no exit falls between the look and the registration. */
    CompletableFuture<Integer> register(Container container, WaitCondition condition) {
        var answer = new CompletableFuture<Integer>();
        if (condition == WaitCondition.NOT_RUNNING && !container.status().up()) {
            answer.complete(container.status().exitCode());
        } else {
            var waiter = new Waiter(condition, answer);
            waiting.add(waiter);
            var _ = answer.whenComplete((code, error) -> waiting.remove(waiter));
        }
        return answer;
    }

    void exited(int exitCode) {
        answer(exitCode, List.of(WaitCondition.NOT_RUNNING, WaitCondition.NEXT_EXIT));
    }

    void removed(int exitCode) {
        answer(exitCode, List.of(WaitCondition.values()));
    }

    void abandoned(RuntimeException why) {
        List.copyOf(waiting).forEach(waiter -> waiter.answer().completeExceptionally(why));
    }

    private void answer(int exitCode, List<WaitCondition> met) {
        for (var waiter : List.copyOf(waiting)) {
            if (met.contains(waiter.condition())) {
                // on a thread of its own: whoever waits must not hold up the mailbox
                Thread.startVirtualThread(() -> waiter.answer().complete(exitCode));
            }
        }
    }
}
