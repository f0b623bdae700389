package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/** Processes and threads, and the most there may be. */
public record PidsStats(
        @OmitEmpty @JsonProperty("current") long current,
        @OmitEmpty @JsonProperty("limit") long limit) {}
