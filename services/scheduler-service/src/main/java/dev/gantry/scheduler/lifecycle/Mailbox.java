package dev.gantry.scheduler.lifecycle;

import dev.gantry.service.tracing.TraceCarrier;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Does one thing at a time, in the order of arrival: what finds nothing else under way on its caller's own thread, where he waits for
 * it, the rest on a virtual one. A thread exists only while there is work, so an idle container's mailbox costs nothing. Work here may
 * commit, but never calls another service. One thread does the work of several callers, so each piece brings its own caller's
 * trace along.
 */
final class Mailbox {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final TraceCarrier traces;

    Mailbox(TraceCarrier traces) {
        this.traces = traces;
    }

    /** Does it and waits; two threads that hand it to each other would take longer than most of what is done here. */
    <T> T perform(Supplier<T> work) {
        if (!count.compareAndSet(0, 1)) {
            return Cell.join(submit(work::get));
        }
        try {
            return work.get();
        } finally {
            if (count.decrementAndGet() > 0) {
                Thread.startVirtualThread(this::drain);
            }
        }
    }

    <T> CompletableFuture<T> submit(Callable<T> work) {
        return submit(work, traces);
    }

    /** What nobody asked for: an agent's stream is one call for as long as it lasts, not the cause of all that it tells. */
    <T> CompletableFuture<T> submitUnasked(Callable<T> work) {
        return submit(work, TraceCarrier.NONE);
    }

    private <T> CompletableFuture<T> submit(Callable<T> work, TraceCarrier carrier) {
        var result = new CompletableFuture<T>();
        waiting.add(carrier.carried(() -> complete(result, work)));
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
