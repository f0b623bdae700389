package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.network.EndpointSettings;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The endpoints a new container has: those asked for, {@code default} by its name, and one in the network of its mode. */
final class NetworkRules {
    private NetworkRules() {}

    static String mode(String asked) {
        return asked.isEmpty() || asked.equals("default") ? "bridge" : asked;
    }

    static NetworkingConfig apply(@Nullable NetworkingConfig asked, String mode) {
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
        return new NetworkingConfig(endpoints);
    }
}
