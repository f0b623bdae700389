package dev.gantry.service.rpc;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** The value of a counter once it has stopped moving. */
final class Settled {
    private static final long QUIET = Duration.ofMillis(500).toNanos();

    private Settled() {}

    static int value(IntSupplier counter) {
        var value = counter.getAsInt();
        var since = System.nanoTime();
        while (System.nanoTime() - since < QUIET) {
            LockSupport.parkNanos(1_000_000);
            var now = counter.getAsInt();
            if (now != value) {
                value = now;
                since = System.nanoTime();
            }
        }
        return value;
    }
}
