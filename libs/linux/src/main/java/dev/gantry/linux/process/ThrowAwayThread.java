package dev.gantry.linux.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A platform thread for work that changes the thread it runs on, as unshare(2) and setns(2) do: it ends with the work and never comes back to
 * a pool.
 */
public final class ThrowAwayThread {
    private ThrowAwayThread() {}

    /** Waits for the work's result; throws what it throws. */
    public static <T> T call(String name, Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(
                            work, Thread.ofPlatform().daemon().name(name)::start)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
