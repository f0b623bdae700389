package dev.gantry.agent.observe;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.journal.Entry;
import dev.gantry.contracts.rpc.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Journalled facts on their way to the scheduler. The journals hold them; this only tells the stream of new ones. */
public final class Observations {
    private final Containers containers;
    private Optional<BlockingQueue<Observation>> subscriber = Optional.empty();

    public Observations(Containers containers) {
        this.containers = containers;
    }

    /** Journals a fact and hands it on: in the order of sequences, or the stream would take one for a repeat. */
    public void tell(Container container, Observation.Builder fact) {
        container.telling().lock();
        try {
            publish(container.journal().observe(fact));
        } finally {
            container.telling().unlock();
        }
    }

    private synchronized void publish(Observation observation) {
        subscriber.ifPresent(queue -> queue.add(observation));
    }

    /**
     * Everything unacknowledged in order of time, followed by what comes. A fact that was journalled while this was called may come twice.
     * Takes the place of the subscriber before.
     */
    synchronized BlockingQueue<Observation> subscribe() {
        var queue = new LinkedBlockingQueue<Observation>();
        subscriber = Optional.of(queue);
        queue.addAll(unacknowledged());
        return queue;
    }

    private List<Observation> unacknowledged() {
        var all = new ArrayList<Observation>();
        containers.all().forEach(c -> all.addAll(c.journal().state().unacknowledged()));
        all.sort(Comparator.comparingLong(Observation::getAt).thenComparingLong(Observation::getSequence));
        return all;
    }

    void acknowledged(String id, long sequence) {
        containers.find(id).ifPresent(container -> container.journal().append(new Entry.Acknowledged(sequence)));
    }
}
