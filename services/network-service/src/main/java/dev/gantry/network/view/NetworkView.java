package dev.gantry.network.view;

import dev.gantry.contracts.docker.network.ConfigReference;
import dev.gantry.contracts.docker.network.Ipam;
import dev.gantry.contracts.docker.network.IpamConfig;
import dev.gantry.contracts.docker.network.NetworkInspect;
import dev.gantry.contracts.docker.network.NetworkMember;
import dev.gantry.network.address.Subnet;
import dev.gantry.network.endpoint.Endpoint;
import dev.gantry.network.endpoint.Network;
import dev.gantry.network.endpoint.Populated;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Networks in Docker's shape. */
public final class NetworkView {
    /** By age, as Docker lists them. */
    public static final Comparator<Network> ORDER =
            Comparator.comparingLong(Network::created).thenComparing(Network::name);

    static final String SCOPE = "local";
    private static final String OPTION = "com.docker.network.bridge.";

    private final String bridge;

    /** @param bridge the interface of the default bridge */
    public NetworkView(String bridge) {
        this.bridge = bridge;
    }

    public NetworkInspect of(Network network) {
        return of(new Populated(network, List.of()));
    }

    public NetworkInspect of(Populated populated) {
        var network = populated.network();
        return new NetworkInspect(
                network.name(),
                network.id(),
                Instant.ofEpochSecond(0, network.created()),
                SCOPE,
                network.driver(),
                true,
                false,
                new Ipam("default", null, ipam(network)),
                false,
                false,
                false,
                new ConfigReference(""),
                false,
                members(populated),
                network.subnet().isPresent() ? options() : Map.of(),
                Map.of(),
                null);
    }

    private static @Nullable List<IpamConfig> ipam(Network network) {
        return network.subnet()
                .map(subnet -> List.of(new IpamConfig(subnet.toString(), "", Subnet.dotted(subnet.gateway()), null)))
                .orElse(null);
    }

    private Map<String, String> options() {
        return new TreeMap<>(Map.of(
                OPTION + "default_bridge",
                "true",
                OPTION + "enable_icc",
                "true",
                OPTION + "enable_ip_masquerade",
                "true",
                OPTION + "host_binding_ipv4",
                "0.0.0.0",
                OPTION + "name",
                bridge,
                "com.docker.network.driver.mtu",
                "1500"));
    }

    private static Map<String, NetworkMember> members(Populated populated) {
        var members = new TreeMap<String, NetworkMember>();
        populated
                .endpoints()
                .forEach(endpoint -> members.put(endpoint.container(), member(populated.network(), endpoint)));
        return members;
    }

    private static NetworkMember member(Network network, Endpoint endpoint) {
        var address = network.subnet()
                .map(subnet -> subnet.withLength(endpoint.address()))
                .orElse("");
        return new NetworkMember(endpoint.containerName(), endpoint.id(), endpoint.mac(), address, "");
    }
}
