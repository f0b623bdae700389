package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Block I/O limit of one device, in bytes or operations per second. */
public record ThrottleDevice(
        @JsonProperty("Path") String path,
        @JsonProperty("Rate") long rate) {}
