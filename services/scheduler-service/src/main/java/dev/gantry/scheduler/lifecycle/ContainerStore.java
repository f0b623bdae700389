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

    /** An event of no container: a prune. */
    void tell(Fact fact);
}
