package dev.gantry.scheduler.lifecycle;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does one thing at a time, in the order of arrival, each on a virtual thread. A thread exists only while there is work, so
 * an idle container's mailbox costs nothing. Work here may commit, but never calls another service.
 */
final class Mailbox {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    <T> CompletableFuture<T> submit(Callable<T> work) {
        var result = new CompletableFuture<T>();
        waiting.add(() -> complete(result, work));
        if (count.getAndIncrement() == 0) {
            Thread.startVirtualThread(this::drain);
        }
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
        try {
            result.complete(work.call());
        } catch (Exception | AssertionError e) {
            result.completeExceptionally(e);
        }
    }

    private void drain() {
        do {
            var next = waiting.remove();
            next.run();
        } while (count.decrementAndGet() > 0);
    }
}
