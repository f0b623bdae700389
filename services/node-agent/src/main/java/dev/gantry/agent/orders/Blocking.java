package dev.gantry.agent.orders;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Platform threads for system calls that wait for disks or for the kernel: on a virtual thread they would hold its carrier. */
public final class Blocking implements AutoCloseable {
    private final ExecutorService pool;

    /** Apart: work in the pool waits for what it begins. */
    private final ExecutorService side;

    public Blocking(int threads) {
        pool = pool(threads, "blocking-");
        side = pool(threads, "side-");
    }

    private static ExecutorService pool(int threads, String name) {
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name(name, 0).factory());
    }

    /** Runs it there and waits, as if it ran here. */
    public <T> T call(Supplier<T> work) {
        return join(CompletableFuture.supplyAsync(work, pool));
    }

    /** Begins it beside the caller, who may be in the pool himself. */
    <T> CompletableFuture<T> begin(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, side);
    }

    /** Some time, when nobody waits for it. */
    void later(Runnable work) {
        side.execute(work);
    }

    /** The result, or what the work threw. */
    static <T> T join(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        side.shutdownNow();
    }
}
