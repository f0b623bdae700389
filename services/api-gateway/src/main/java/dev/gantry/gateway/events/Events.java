package dev.gantry.gateway.events;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.api.Timestamp;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** Past and coming events as one stream. */
public final class Events {
    /** How long after a moment the last event of it may still be on its way to the log. */
    private static final long SETTLED_NANOS = 50_000_000;

    private static final Duration LOOK_UP = Duration.ofSeconds(1);

    private final EventLog log;

    Events(EventLog log) {
        this.log = log;
    }

    public static Events of(EventTail tail) {
        return new Events(tail);
    }

    /** What a client asked for; times are nanoseconds since the epoch. */
    private record Wish(Optional<Long> since, Optional<Long> until, EventFilter filter) {
        boolean past() {
            return since.isPresent() || until.isPresent();
        }

        boolean onlyPast(long now) {
            return until.isPresent() && until.get() < now;
        }

        boolean wants(LoggedEvent event) {
            return filter.includes(event.message());
        }

        boolean tooLate(LoggedEvent event) {
            return until.isPresent() && event.timeNano() > until.get();
        }
    }

    public void serve(Call call, Reply reply) throws IOException, InterruptedException {
        var wish = wish(call);
        var onlyPast = wish.onlyPast(now());
        if (onlyPast) {
            awaitSettled(wish.until().orElseThrow());
        }
        try (var subscriber = log.subscribe()) {
            reply.whenGone(subscriber::close);
            if (wish.past() && subscriber.fence().isEmpty()) {
                throw ErrorCode.SERVICE_AWAY.with("the event log", "past events cannot be read now");
            }
            var out = reply.begin(200, "application/json");
            if (wish.past()) {
                replay(wish, subscriber, out);
            }
            if (!onlyPast) {
                follow(wish, subscriber, out);
            }
            if (subscriber.over()) {
                throw new IOException("the client is gone, or too slow for the events it asked for");
            }
            out.close();
        }
    }

    private static Wish wish(Call call) {
        var query = call.query();
        var since = query.time("since");
        var until = query.time("until");
        if (since.isPresent()
                && until.isPresent()
                && nanos(until).orElseThrow() < nanos(since).orElseThrow()) {
            throw ErrorCode.SINCE_AFTER_UNTIL.with(
                    since.get().text(), until.get().text());
        }
        return new Wish(nanos(since), nanos(until), new EventFilter(query.filters()));
    }

    private static Optional<Long> nanos(Optional<Timestamp> time) {
        return time.map(Timestamp::epochNanos);
    }

    /** What happened just before now may still be between its service and the log. */
    private static void awaitSettled(long until) throws InterruptedException {
        var wait = until + SETTLED_NANOS - now();
        if (wait > 0) {
            Thread.sleep(Duration.ofNanos(wait));
        }
    }

    private void replay(Wish wish, Subscriber subscriber, OutputStream out) throws IOException, InterruptedException {
        long since = wish.since().orElse(0L);
        log.replay(subscriber, since, event -> {
            if (event.timeNano() >= since && !wish.tooLate(event) && wish.wants(event)) {
                out.write(event.line());
            }
            return !subscriber.over();
        });
    }

    private static void follow(Wish wish, Subscriber subscriber, OutputStream out)
            throws IOException, InterruptedException {
        while (!subscriber.over() && left(wish) > 0) {
            var event = subscriber.next(Duration.ofNanos(Math.min(left(wish), LOOK_UP.toNanos())));
            if (event != null && !wish.tooLate(event) && wish.wants(event)) {
                out.write(event.line());
            }
        }
    }

    /** Until when to listen: past the wish's end by as long as an event may be held back. */
    private static long left(Wish wish) {
        return wish.until().map(until -> until + SETTLED_NANOS - now()).orElse(Long.MAX_VALUE);
    }

    static long now() {
        var now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
