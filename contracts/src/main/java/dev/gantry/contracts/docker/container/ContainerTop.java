package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The processes of a container, in the columns of {@code ps}. */
public record ContainerTop(
        @JsonProperty("Processes") List<List<String>> processes,
        @JsonProperty("Titles") List<String> titles) {}
