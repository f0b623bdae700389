package dev.gantry.scheduler.lifecycle;

import dev.gantry.scheduler.container.Container;
import java.util.List;

/**
 * Where containers are kept. Each call is one transaction with the facts in the outbox, and is refused with an exception when the
 * row is not at the version that the caller saw: then another instance is active, and this one must stop.
 */
public interface ContainerStore {
    List<Container> load();

    void insert(Change created);

    /** @param before what is in the row */
    void update(Container before, Change change);

    void delete(long before, Change gone);

    /**
     * A release that a node owes.
     *
     * @param generation of the order
     */
    record Owed(String container, long generation) {}

    /** Deletes a forsaken container, and notes in the same transaction that its node owes the release. */
    void deleteOwing(long before, Change gone);

    List<Owed> owed(String node);

    /** The node has given it back. */
    void settled(Owed owed);

    /** An event of no container: a prune. */
    void tell(Fact fact);
}
