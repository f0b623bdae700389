package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The answer to a create. */
public record ContainerCreated(
        @JsonProperty("Id") String id,
        @JsonProperty("Warnings") List<String> warnings) {}
