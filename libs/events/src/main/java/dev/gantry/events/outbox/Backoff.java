package dev.gantry.events.outbox;

import java.time.Duration;

/** Pauses that double from the first to the longest, until something succeeds. */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    boolean isFirst() {
        return next.equals(first);
    }

    Duration next() {
        var pause = next;
        next = pause.multipliedBy(2).compareTo(longest) > 0 ? longest : pause.multipliedBy(2);
        return pause;
    }

    void reset() {
        next = first;
    }
}
