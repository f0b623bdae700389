package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/** Why waiting for a container failed. */
public record WaitError(@OmitEmpty @JsonProperty("Message") String message) {}
