package dev.gantry.scheduler.creation;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.network.EndpointSettings;
import dev.gantry.contracts.docker.network.EndpointSettingsBuilder;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.docker.network.NetworkSettingsBuilder;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a container that is not running shows of its networks. */
public final class Endpoints {
    private Endpoints() {}

    /** Never started: the names, and what was asked of each. */
    public static NetworkSettings before(String networkMode, NetworkingConfig asked) {
        var networks = new TreeMap<String, @Nullable EndpointSettings>(Empty.ifNull(asked.endpointsConfig()));
        if (networks.isEmpty() && !SharedNetwork.is(networkMode)) {
            networks.put(networkMode, DockerJson.empty(EndpointSettings.class));
        }
        return NetworkSettingsBuilder.builder(DockerJson.empty(NetworkSettings.class))
                .ports(Map.of())
                .networks(networks)
                .build();
    }

    /** Ended: the networks' ids stay, and what was asked of them; the sandbox, the endpoints, addresses and ports are gone. */
    public static @Nullable NetworkSettings after(@Nullable NetworkSettings running) {
        if (running == null) {
            return null;
        }
        var networks = new TreeMap<String, @Nullable EndpointSettings>();
        Empty.ifNull(running.networks()).forEach((name, endpoint) -> networks.put(name, ended(endpoint)));
        return NetworkSettingsBuilder.builder(DockerJson.empty(NetworkSettings.class))
                .ports(Map.of())
                .networks(networks)
                .build();
    }

    private static @Nullable EndpointSettings ended(@Nullable EndpointSettings endpoint) {
        return endpoint == null
                ? null
                : EndpointSettingsBuilder.builder(DockerJson.empty(EndpointSettings.class))
                        .ipamConfig(endpoint.ipamConfig())
                        .links(endpoint.links())
                        .aliases(endpoint.aliases())
                        .driverOpts(endpoint.driverOpts())
                        .gwPriority(endpoint.gwPriority())
                        .networkId(endpoint.networkId())
                        .dnsNames(endpoint.dnsNames())
                        .build();
    }
}
