package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** One run of a health check. */
public record HealthcheckResult(
        @JsonProperty("Start") Instant start,
        @JsonProperty("End") Instant end,
        @JsonProperty("ExitCode") int exitCode,
        @JsonProperty("Output") String output) {}
