package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A pool that networks take their subnets from. */
public record AddressPool(
        @JsonProperty("Base") String base,
        @JsonProperty("Size") int size) {}
