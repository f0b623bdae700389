package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Blocks a caller until something has happened, and no longer than it should. */
final class Waiting {
    private Waiting() {}

    /** @throws GantryException what the future failed with, or TIMED_OUT with {@code what} */
    static <T> T on(CompletableFuture<T> future, Duration limit, String what) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw ErrorCode.TIMED_OUT.with(what).causedBy(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof GantryException known
                    ? known
                    : ErrorCode.INTERNAL.with(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorCode.INTERNAL
                    .with("interrupted while waiting for " + what)
                    .causedBy(e);
        }
    }
}
