package dev.gantry.network.endpoint;

/**
 * A record of {@code gantry.networks.state}.
 *
 * @param created nanoseconds since the epoch
 */
record NetworkSnapshot(String id, String name, String driver, long created, long version) {}
