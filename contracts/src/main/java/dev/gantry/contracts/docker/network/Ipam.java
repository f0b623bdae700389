package dev.gantry.contracts.docker.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a network gives addresses; the predefined networks without any have no config. */
public record Ipam(
        @JsonProperty("Driver") String driver,
        @JsonProperty("Options") @Nullable Map<String, String> options,
        @JsonProperty("Config") @Nullable List<IpamConfig> config) {}
