package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitNull;
import org.jspecify.annotations.Nullable;

/** The answer to a wait: the exit code, and an error when waiting itself failed. */
public record ContainerWaited(
        @JsonProperty("StatusCode") long statusCode,
        @OmitNull @JsonProperty("Error") @Nullable WaitError error) {}
