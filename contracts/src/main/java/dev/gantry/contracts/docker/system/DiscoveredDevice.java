package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A device that a driver offers. */
public record DiscoveredDevice(
        @JsonProperty("Source") String source,
        @JsonProperty("ID") String id) {}
