package dev.gantry.network.endpoint;

/**
 * A container's place in a network.
 *
 * @param version of the network, which a start plan carries
 */
public record Joined(Network network, Endpoint endpoint, long version) {}
