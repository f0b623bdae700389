package dev.gantry.linux;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, never for a time. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long STEP_NANOS = 500_000;

    private Await() {}

    /** @throws AssertionError naming {@code what}, if it does not come true */
    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
