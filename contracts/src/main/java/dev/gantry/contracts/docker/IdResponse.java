package dev.gantry.contracts.docker;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer of a call that makes something. */
public record IdResponse(@JsonProperty("Id") String id) {}
