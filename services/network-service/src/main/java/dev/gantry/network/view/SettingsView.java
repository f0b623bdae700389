package dev.gantry.network.view;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.PortBinding;
import dev.gantry.contracts.docker.network.EndpointSettings;
import dev.gantry.contracts.docker.network.EndpointSettingsBuilder;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.docker.network.NetworkSettingsBuilder;
import dev.gantry.contracts.docker.port.PortKey;
import dev.gantry.network.address.Subnet;
import dev.gantry.network.endpoint.Endpoint;
import dev.gantry.network.endpoint.Joined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A running container's NetworkSettings. */
public final class SettingsView {
    private SettingsView() {}

    /**
     * @param asked what the client wrote of this network, which stays visible
     * @param exposed the container's ports that are told to be of use, published or not
     */
    public static NetworkSettings inside(Joined joined, EndpointSettings asked, List<String> exposed) {
        var endpoint = endpoint(joined, asked);
        var settings = NetworkSettingsBuilder.builder(DockerJson.empty(NetworkSettings.class))
                .ports(ports(joined.endpoint(), exposed))
                .networks(Map.of(joined.network().name(), endpoint))
                .sandboxId(joined.endpoint().sandbox());
        // the top level repeats the default bridge, for older clients
        return joined.network().subnet().isEmpty()
                ? settings.build()
                : settings.endpointId(endpoint.endpointId())
                        .gateway(endpoint.gateway())
                        .ipAddress(endpoint.ipAddress())
                        .ipPrefixLen(endpoint.ipPrefixLen())
                        .macAddress(endpoint.macAddress())
                        .build();
    }

    private static EndpointSettings endpoint(Joined joined, EndpointSettings asked) {
        var network = joined.network();
        var endpoint = joined.endpoint();
        var settings =
                EndpointSettingsBuilder.builder(asked).networkId(network.id()).endpointId(endpoint.id());
        network.subnet()
                .ifPresent(subnet -> settings.gateway(Subnet.dotted(subnet.gateway()))
                        .ipAddress(Subnet.dotted(endpoint.address()))
                        .ipPrefixLen(subnet.length())
                        .macAddress(endpoint.mac()));
        return settings.build();
    }

    private static Map<String, @Nullable List<PortBinding>> ports(Endpoint endpoint, List<String> exposed) {
        var ports = new TreeMap<String, @Nullable List<PortBinding>>();
        if (endpoint.address() == 0) {
            return ports;
        }
        exposed.forEach(port -> PortKey.parse(port).ifPresent(key -> ports.put(key.toString(), null)));
        endpoint.ports().forEach(port -> {
            var bindings = new ArrayList<>(
                    Objects.requireNonNullElse(ports.get(port.key().toString()), List.<PortBinding>of()));
            bindings.add(new PortBinding(port.hostAddress(), Integer.toString(port.hostPort())));
            ports.put(port.key().toString(), bindings);
        });
        return ports;
    }

    /** In another container's namespace: whatever there is, is that one's. */
    public static NetworkSettings shared() {
        return NetworkSettingsBuilder.builder(DockerJson.empty(NetworkSettings.class))
                .ports(Map.of())
                .networks(Map.of())
                .build();
    }
}
