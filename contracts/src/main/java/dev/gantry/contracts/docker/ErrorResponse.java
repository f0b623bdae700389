package dev.gantry.contracts.docker;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The body of every error. */
public record ErrorResponse(@JsonProperty("message") String message) {}
