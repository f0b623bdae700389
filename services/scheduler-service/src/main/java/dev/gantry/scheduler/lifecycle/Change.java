package dev.gantry.scheduler.lifecycle;

import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import java.util.List;

/**
 * What a transition decided: the container after it, what has happened, what the agent is told.
 *
 * @param durable whether it has to be committed; what the agent would repeat need not be
 */
public record Change(Container after, List<Fact> facts, List<PendingOrder> issued, boolean durable) {
    public static Change none(Container same) {
        return new Change(same, List.of(), List.of(), false);
    }

    public boolean says(String action) {
        return facts.stream().anyMatch(fact -> fact.action().equals(action));
    }
}
