package dev.gantry.gateway.events;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Puts the events of several topics into the order of their times. An event is held until it is {@link #HELD_NANOS} old, so that one that happened
 * before it and came by another relay can still overtake; what arrives later than that goes out at once. Not safe for threads.
 */
final class Reorder {
    /** Of the 20 ms that a live event may take; the way through outbox, relay and broker takes 3 to 5. */
    static final long HELD_NANOS = 12_000_000;

    private record Held(LoggedEvent event, long releaseAt) {}

    private final PriorityQueue<Held> held =
            new PriorityQueue<>((a, b) -> LoggedEvent.BY_TIME.compare(a.event(), b.event()));

    /** @param now nanoseconds since the epoch. A clock that is ahead of ours delays its events by no more than the hold. */
    void add(LoggedEvent event, long now) {
        held.add(new Held(event, Math.min(event.timeNano(), now) + HELD_NANOS));
    }

    List<LoggedEvent> due(long now) {
        var due = new ArrayList<LoggedEvent>();
        for (var first = held.peek(); first != null && first.releaseAt() <= now; first = held.peek()) {
            held.remove();
            due.add(first.event());
        }
        return due;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** How long nothing will be due; a second when nothing is held. */
    long pauseNanos(long now) {
        var first = held.peek();
        return first == null ? 1_000_000_000L : Math.max(0, first.releaseAt() - now);
    }
}
