package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The name of the product. */
public record PlatformName(@JsonProperty("Name") String name) {}
