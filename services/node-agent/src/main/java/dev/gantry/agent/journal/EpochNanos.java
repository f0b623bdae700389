package dev.gantry.agent.journal;

import java.time.Clock;

/** The agent's clock in the unit of observations and of the log index. */
public final class EpochNanos {
    private static final long SECOND = 1_000_000_000L;

    private EpochNanos() {}

    /** Nanoseconds since the epoch. */
    public static long now() {
        var time = Clock.systemUTC().instant();
        return time.getEpochSecond() * SECOND + time.getNano();
    }
}
