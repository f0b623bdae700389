package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The driver of a volume that is made with the container. */
public record DriverConfig(
        @OmitEmpty @JsonProperty("Name") String name,
        @OmitEmpty @JsonProperty("Options") @Nullable Map<String, String> options) {}
