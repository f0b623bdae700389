package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.error.GantryException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Repeats what must happen in the end, with pauses that grow from 20 ms to 2 s. */
final class Retry {
    private static final Logger LOG = Logger.getLogger(Retry.class);
    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private Retry() {}

    /** @param wanted asked before each attempt; once false, this returns */
    static void until(BooleanSupplier wanted, String what, Runnable work) throws InterruptedException {
        var pause = FIRST;
        while (wanted.getAsBoolean()) {
            try {
                work.run();
                return;
            } catch (GantryException e) {
                LOG.logf(
                        pause.equals(FIRST) ? Logger.Level.WARN : Logger.Level.DEBUG,
                        "%s: %s, again until it works",
                        what,
                        e.getMessage());
            }
            Thread.sleep(pause);
            pause = longer(pause);
        }
    }

    static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
