package dev.gantry.launcher.supervision;

import java.time.Duration;

/**
 * How long to wait before a process that ended is started again: 1 s, doubling up to 30 s; a process that ran for a minute has
 * proved itself and begins anew.
 *
 * @param next the pause before the next start
 */
record Backoff(Duration next) {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(30);
    private static final Duration PROVED = Duration.ofMinutes(1);

    static Backoff fresh() {
        return new Backoff(FIRST);
    }

    /** After a run of the given length: what to do after that one. */
    Backoff after(Duration run) {
        if (run.compareTo(PROVED) >= 0) {
            return fresh();
        }
        var doubled = next.multipliedBy(2);
        return new Backoff(doubled.compareTo(LAST) > 0 ? LAST : doubled);
    }

    /** The pause that this run has earned. */
    Duration pause(Duration run) {
        return run.compareTo(PROVED) >= 0 ? FIRST : next;
    }
}
