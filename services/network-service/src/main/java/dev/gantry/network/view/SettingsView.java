package dev.gantry.network.view;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.network.EndpointSettings;
import dev.gantry.contracts.docker.network.EndpointSettingsBuilder;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.docker.network.NetworkSettingsBuilder;
import dev.gantry.network.endpoint.Joined;
import java.util.Map;

/** A running container's NetworkSettings. */
public final class SettingsView {
    private SettingsView() {}

    public static NetworkSettings inside(Joined joined) {
        var endpoint = EndpointSettingsBuilder.builder(DockerJson.empty(EndpointSettings.class))
                .networkId(joined.network().id())
                .endpointId(joined.endpointId())
                .build();
        return settings(joined.network().name(), endpoint)
                .sandboxId(joined.sandboxId())
                .build();
    }

    /** In no network, under the name of one. */
    public static NetworkSettings outside(String name) {
        return settings(name, DockerJson.empty(EndpointSettings.class)).build();
    }

    private static NetworkSettingsBuilder settings(String name, EndpointSettings endpoint) {
        return NetworkSettingsBuilder.builder(DockerJson.empty(NetworkSettings.class))
                .ports(Map.of())
                .networks(Map.of(name, endpoint));
    }
}
