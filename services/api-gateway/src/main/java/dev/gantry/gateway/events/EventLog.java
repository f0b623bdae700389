package dev.gantry.gateway.events;

import java.io.IOException;

/** The log of all events. */
interface EventLog {
    /** What takes events in the order they are read. */
    @FunctionalInterface
    interface Sink {
        /** @return whether it wants more */
        boolean take(LoggedEvent event) throws IOException;
    }

    /**
     * From now on: the position is fixed when this returns. While the log is away the subscription is made all the same, without a fence,
     * and its events come when the log is back.
     */
    Subscriber subscribe() throws InterruptedException;

    /**
     * Hands over the events from a time up to a subscription's fence, ordered by time.
     *
     * @throws dev.gantry.contracts.error.GantryException 503 if the log is away
     */
    void replay(Subscriber upTo, long sinceNano, Sink sink) throws IOException, InterruptedException;
}
