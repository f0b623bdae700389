package dev.gantry.scheduler.lifecycle;

import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import java.util.List;

/** What a transition decided: the container after it, what has happened, what the agent is told. */
public record Change(Container after, List<Fact> facts, List<PendingOrder> issued, Durability durability) {
    /** When a change may be seen. */
    public enum Durability {
        /** Never committed for itself: the agent would repeat it, or nothing depends on it. */
        MEMORY,
        /** At once, its commit follows: the agent's journal has it, and tells it again until it is committed. */
        JOURNAL,
        /** When it is committed. */
        COMMIT
    }

    public static Change none(Container same) {
        return new Change(same, List.of(), List.of(), Durability.MEMORY);
    }

    boolean durable() {
        return durability != Durability.MEMORY;
    }

    public boolean says(String action) {
        return facts.stream().anyMatch(fact -> fact.action().equals(action));
    }
}
