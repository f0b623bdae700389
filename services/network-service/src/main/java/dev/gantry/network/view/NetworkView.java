package dev.gantry.network.view;

import dev.gantry.contracts.docker.network.ConfigReference;
import dev.gantry.contracts.docker.network.Ipam;
import dev.gantry.contracts.docker.network.NetworkInspect;
import dev.gantry.contracts.docker.network.NetworkMember;
import dev.gantry.network.endpoint.Network;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Networks in Docker's shape. */
public final class NetworkView {
    /** By age, as Docker lists them. */
    public static final Comparator<Network> ORDER =
            Comparator.comparingLong(Network::created).thenComparing(Network::name);

    static final String SCOPE = "local";

    private NetworkView() {}

    public static NetworkInspect of(Network network) {
        return new NetworkInspect(
                network.name(),
                network.id(),
                Instant.ofEpochSecond(0, network.created()),
                SCOPE,
                network.driver(),
                true,
                false,
                new Ipam("default", null, null),
                false,
                false,
                false,
                new ConfigReference(""),
                false,
                members(network),
                Map.of(),
                Map.of(),
                null);
    }

    private static Map<String, NetworkMember> members(Network network) {
        var members = new TreeMap<String, NetworkMember>();
        network.members()
                .forEach(member -> members.put(
                        member.container(), new NetworkMember(member.name(), member.endpointId(), "", "", "")));
        return members;
    }
}
