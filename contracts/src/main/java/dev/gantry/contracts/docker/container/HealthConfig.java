package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a container's health is probed. Durations are nanoseconds, 0 inherits. */
public record HealthConfig(
        @OmitEmpty @JsonProperty("Test") @Nullable List<String> test,
        @OmitEmpty @JsonProperty("Interval") long interval,
        @OmitEmpty @JsonProperty("Timeout") long timeout,
        @OmitEmpty @JsonProperty("StartPeriod") long startPeriod,
        @OmitEmpty @JsonProperty("StartInterval") long startInterval,
        @OmitEmpty @JsonProperty("Retries") int retries) {}
