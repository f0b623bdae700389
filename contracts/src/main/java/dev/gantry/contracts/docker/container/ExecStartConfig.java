package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitNull;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /exec/{id}/start}. */
public record ExecStartConfig(
        @JsonProperty("Detach") boolean detach,
        @JsonProperty("Tty") boolean tty,
        @OmitNull @JsonProperty("ConsoleSize") @Nullable ConsoleSize consoleSize) {}
