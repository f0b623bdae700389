package dev.gantry.scheduler.lifecycle;

import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import dev.gantry.scheduler.container.Status;
import dev.gantry.scheduler.container.StatusBuilder;
import dev.gantry.scheduler.container.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Collects one transition: changed fields, events with rising versions and times, orders with rising generations. */
final class Step {
    private final Container before;
    private final Instant now;
    private final List<Fact> facts = new ArrayList<>();
    private final List<PendingOrder> issued = new ArrayList<>();
    private Status status;

    Step(Container before, Instant now) {
        this.before = before;
        this.now = now;
        this.status = before.status();
    }

    Status status() {
        return status;
    }

    StatusBuilder edit() {
        return StatusBuilder.builder(status);
    }

    Step set(StatusBuilder edited) {
        status = edited.build();
        return this;
    }

    Step say(String action, Map<String, String> attributes) {
        var after = status.lastEvent().plusNanos(1);
        var time = now.isAfter(after) ? now : after;
        set(edit().version(status.version() + 1).lastEvent(time));
        facts.add(new Fact(action, status.version(), time, attributes));
        return this;
    }

    Step say(String action) {
        return say(action, Map.of());
    }

    /** Tells the agent something new. A stop or kill that is still on its way loses its meaning with it, except to a stop. */
    Step order(Verb verb, int signal, int timeoutSeconds) {
        return order(new PendingOrder(status.generation() + 1, verb.name(), signal, timeoutSeconds, ""));
    }

    Step order(Verb verb, String document) {
        return order(new PendingOrder(status.generation() + 1, verb.name(), 0, 0, document));
    }

    Step orderAgain(PendingOrder before) {
        return order(new PendingOrder(
                status.generation() + 1, before.verb(), before.signal(), before.timeoutSeconds(), before.document()));
    }

    private Step order(PendingOrder order) {
        issued.add(order);
        return set(edit().generation(order.generation())
                .orders(Stream.concat(status.orders().stream(), Stream.of(order))
                        .toList()));
    }

    Step acknowledge(long generation) {
        return set(edit().orders(status.orders().stream()
                .filter(order -> order.generation() != generation)
                .toList()));
    }

    /** What was seen to run needs no answer any more: the order and those before it are done. */
    Step startsDone(long generation) {
        return set(edit().orders(status.orders().stream()
                .filter(order -> !order.is(Verb.START) || order.generation() > generation)
                .toList()));
    }

    /** To be committed. A change without an event has a version of its own too. */
    Change commit() {
        if (facts.isEmpty()) {
            set(edit().version(status.version() + 1));
        }
        return new Change(before.with(status), List.copyOf(facts), List.copyOf(issued), true);
    }

    /** Known in memory only, until the next commit. */
    Change remember() {
        return new Change(before.with(status), List.of(), List.of(), false);
    }
}
