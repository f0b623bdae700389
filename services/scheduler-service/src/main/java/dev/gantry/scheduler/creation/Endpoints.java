package dev.gantry.scheduler.creation;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.network.EndpointSettings;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.docker.network.NetworkSettingsBuilder;
import java.util.Map;

/** What a container that was never started shows of its networks: their names. */
public final class Endpoints {
    private Endpoints() {}

    public static NetworkSettings before(String networkMode) {
        return NetworkSettingsBuilder.builder(DockerJson.empty(NetworkSettings.class))
                .ports(Map.of())
                .networks(Map.of(networkMode, DockerJson.empty(EndpointSettings.class)))
                .build();
    }
}
