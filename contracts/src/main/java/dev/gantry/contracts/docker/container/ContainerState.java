package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.OmitNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a container is in its life. {@code Status} is one of created, running, paused, restarting, removing,
 * exited, dead; the flags repeat it for older clients.
 */
@Buildable
public record ContainerState(
        @JsonProperty("Status") String status,
        @JsonProperty("Running") boolean running,
        @JsonProperty("Paused") boolean paused,
        @JsonProperty("Restarting") boolean restarting,
        @JsonProperty("OOMKilled") boolean oomKilled,
        @JsonProperty("Dead") boolean dead,
        @JsonProperty("Pid") int pid,
        @JsonProperty("ExitCode") int exitCode,
        @JsonProperty("Error") String error,
        @JsonProperty("StartedAt") Instant startedAt,
        @JsonProperty("FinishedAt") Instant finishedAt,
        @OmitNull @JsonProperty("Health") @Nullable Health health) {}
