package dev.gantry.scheduler.node;

import dev.gantry.contracts.node.NodeFacts;

/**
 * A node that has said hello: where its agent is reached, and the facts of its host.
 *
 * @param boot of its host, as its agent names it; empty: not known
 */
public record KnownNode(String name, String host, int port, NodeFacts facts, String boot) {}
