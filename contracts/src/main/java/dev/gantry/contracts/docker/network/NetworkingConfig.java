package dev.gantry.contracts.docker.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The networks a container joins when it is created, by name or id. */
public record NetworkingConfig(
        @JsonProperty("EndpointsConfig") @Nullable Map<String, @Nullable EndpointSettings> endpointsConfig) {}
