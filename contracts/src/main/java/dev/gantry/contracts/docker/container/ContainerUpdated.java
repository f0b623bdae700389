package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an update warns of. */
public record ContainerUpdated(
        @JsonProperty("Warnings") @Nullable List<String> warnings) {}
