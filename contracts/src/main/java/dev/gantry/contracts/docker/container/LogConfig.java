package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log driver and its options; an empty type is the platform's default. */
public record LogConfig(
        @JsonProperty("Type") String type,
        @JsonProperty("Config") @Nullable Map<String, String> config) {}
