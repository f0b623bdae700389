package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The version of a component. */
public record Commit(@JsonProperty("ID") String id) {}
