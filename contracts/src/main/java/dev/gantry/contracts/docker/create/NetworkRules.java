package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.network.EndpointIpamConfig;
import dev.gantry.contracts.docker.network.EndpointSettings;
import dev.gantry.contracts.docker.network.EndpointSettingsBuilder;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The endpoints a new container has: those asked for, {@code default} by its name, and one in the network of its mode. */
final class NetworkRules {
    private static final Set<String> PREDEFINED = Set.of("bridge", "host", "none");
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    private NetworkRules() {}

    static String mode(String asked) {
        return asked.isEmpty() || asked.equals("default") ? "bridge" : asked;
    }

    /** @param mac ContainerConfig.MacAddress, the older place for what belongs to the main network's endpoint */
    static NetworkingConfig apply(@Nullable NetworkingConfig asked, String mode, String mac) {
        if (mode.startsWith("container:")) {
            return new NetworkingConfig(Map.of());
        }
        Map<String, @Nullable EndpointSettings> endpoints = new LinkedHashMap<>();
        EndpointSettings none = DockerJson.empty(EndpointSettings.class);
        if (asked != null) {
            Empty.ifNull(asked.endpointsConfig())
                    .forEach((name, endpoint) -> endpoints.put(mode(name), Objects.requireNonNullElse(endpoint, none)));
        }
        endpoints.putIfAbsent(mode, none);
        endpoints.computeIfPresent(mode, (name, endpoint) -> withMac(endpoint, mac));
        endpoints.forEach((name, endpoint) -> check(name, Objects.requireNonNullElse(endpoint, none)));
        return new NetworkingConfig(endpoints);
    }

    private static EndpointSettings withMac(EndpointSettings endpoint, String mac) {
        if (mac.isEmpty() || endpoint.macAddress().equals(mac)) {
            return endpoint;
        }
        if (!endpoint.macAddress().isEmpty()) {
            throw ConfigRules.refused("the container-wide MAC address must match the endpoint-specific MAC address for"
                    + " the main network, or be left empty");
        }
        return EndpointSettingsBuilder.builder(endpoint).macAddress(mac).build();
    }

    private static void check(String network, EndpointSettings endpoint) {
        if (!endpoint.macAddress().isEmpty()
                && !MAC.matcher(endpoint.macAddress()).matches()) {
            throw ConfigRules.refused("invalid MAC address: " + endpoint.macAddress());
        }
        if (PREDEFINED.contains(network)) {
            refuseAddress(network, endpoint.ipamConfig());
            refuseAliases(network, Empty.ifNull(endpoint.aliases()));
        }
    }

    private static void refuseAddress(String network, @Nullable EndpointIpamConfig asked) {
        if (asked != null && !(asked.ipv4Address() + asked.ipv6Address()).isEmpty()) {
            throw invalid(
                    network,
                    "* user specified IP address is supported on user defined networks only\n"
                            + "* user specified IP address is supported only when connecting to networks with user"
                            + " configured subnets");
        }
    }

    private static void refuseAliases(String network, List<String> aliases) {
        if (!aliases.isEmpty()) {
            throw invalid(network, "* network-scoped aliases are only supported for user-defined networks");
        }
    }

    private static RuntimeException invalid(String network, String why) {
        return ConfigRules.refused("invalid config for network " + network + ": invalid endpoint settings:\n" + why);
    }
}
