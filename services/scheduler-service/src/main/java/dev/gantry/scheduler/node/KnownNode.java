package dev.gantry.scheduler.node;

import dev.gantry.contracts.node.NodeFacts;

/** A node that has said hello: where its agent is reached, and the facts of its host. */
public record KnownNode(String name, String host, int port, NodeFacts facts) {}
