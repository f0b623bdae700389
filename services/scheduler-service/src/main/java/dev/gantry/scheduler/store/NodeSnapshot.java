package dev.gantry.scheduler.store;

import dev.gantry.contracts.node.NodeFacts;
import java.time.Instant;

/**
 * A record of {@code gantry.nodes.state}: a host as it was when its agent last said hello.
 *
 * @param host where its agent is reached
 */
record NodeSnapshot(String name, String host, int port, NodeFacts facts, Instant seen) {}
