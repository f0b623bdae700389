package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;

/** {@code no}, {@code always}, {@code unless-stopped} or {@code on-failure} with a maximum of retries (0: none). */
public record RestartPolicy(
        @JsonProperty("Name") String name,
        @JsonProperty("MaximumRetryCount") int maximumRetryCount) {}
