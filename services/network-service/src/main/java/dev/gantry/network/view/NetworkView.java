package dev.gantry.network.view;

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

    public static NetworkDocument of(Network network) {
        return new NetworkDocument(
                network.name(),
                network.id(),
                Instant.ofEpochSecond(0, network.created()),
                SCOPE,
                network.driver(),
                true,
                false,
                new NetworkDocument.Ipam("default", null, null),
                false,
                false,
                false,
                new NetworkDocument.ConfigFrom(""),
                false,
                members(network),
                Map.of(),
                Map.of());
    }

    private static Map<String, NetworkDocument.Member> members(Network network) {
        var members = new TreeMap<String, NetworkDocument.Member>();
        network.members()
                .forEach(member -> members.put(
                        member.container(),
                        new NetworkDocument.Member(member.name(), member.endpointId(), "", "", "")));
        return members;
    }
}
