package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The drivers of each kind. */
public record PluginsInfo(
        @JsonProperty("Volume") @Nullable List<String> volume,
        @JsonProperty("Network") @Nullable List<String> network,
        @JsonProperty("Authorization") @Nullable List<String> authorization,
        @JsonProperty("Log") @Nullable List<String> log) {}
