package dev.gantry.agent.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition with a deadline. */
final class Await {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long STEP_NANOS = 2_000_000;

    private Await() {}

    static <T> Optional<T> until(String what, Supplier<Optional<T>> condition) {
        var end = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < end) {
            var value = condition.get();
            if (value.isPresent()) {
                return value;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        throw new AssertionError("waited " + DEADLINE + " in vain for " + what);
    }

    static void untilTrue(String what, Supplier<Boolean> condition) {
        var _ = until(what, () -> condition.get() ? Optional.of(true) : Optional.empty());
    }
}
