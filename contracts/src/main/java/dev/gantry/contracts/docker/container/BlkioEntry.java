package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One operation on one block device. */
public record BlkioEntry(
        @JsonProperty("major") long major,
        @JsonProperty("minor") long minor,
        @JsonProperty("op") String op,
        @JsonProperty("value") long value) {}
