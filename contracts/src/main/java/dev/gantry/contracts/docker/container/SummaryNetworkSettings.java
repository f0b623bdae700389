package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.network.EndpointSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the container list shows of a {@link dev.gantry.contracts.docker.network.NetworkSettings}. */
public record SummaryNetworkSettings(
        @JsonProperty("Networks") @Nullable Map<String, @Nullable EndpointSettings> networks) {}
