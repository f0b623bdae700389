package dev.gantry.scheduler.node;

import java.time.Instant;
import java.util.List;

/** Where nodes are kept between the scheduler's lives. */
public interface NodeStore {
    List<KnownNode> load();

    void save(KnownNode node, Instant seen);
}
