package dev.gantry.network.endpoint;

import java.util.List;

/**
 * A network and who is in it.
 *
 * @param created nanoseconds since the epoch
 */
public record Network(String id, String name, String driver, long created, List<Member> members) {
    public Network {
        members = List.copyOf(members);
    }

    /** A container with an endpoint. */
    public record Member(String container, String name, String endpointId) {}
}
