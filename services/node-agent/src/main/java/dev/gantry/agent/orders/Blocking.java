package dev.gantry.agent.orders;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Platform threads for system calls that wait for disks or for the kernel: on a virtual thread they would hold its carrier. */
public final class Blocking implements AutoCloseable {
    private final ExecutorService pool;

    public Blocking(int threads) {
        pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("blocking-", 0).factory());
    }

    /** Runs it there and waits, as if it ran here. */
    <T> T call(Supplier<T> work) {
        return join(CompletableFuture.supplyAsync(work, pool));
    }

    <T> CompletableFuture<T> begin(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, pool);
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
    }
}
