package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Block I/O weight of one device. */
public record WeightDevice(
        @JsonProperty("Path") String path,
        @JsonProperty("Weight") int weight) {}
