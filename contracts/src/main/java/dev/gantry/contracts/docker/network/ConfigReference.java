package dev.gantry.contracts.docker.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The network whose configuration another one uses. */
public record ConfigReference(@JsonProperty("Network") String network) {}
