package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitNull;
import dev.gantry.contracts.docker.StringOrList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /containers/{id}/exec}.
 *
 * @param detach is the client's note to itself: whether an exec is attached is said when it starts
 */
public record ExecConfig(
        @JsonProperty("User") String user,
        @JsonProperty("Privileged") boolean privileged,
        @JsonProperty("Tty") boolean tty,
        @OmitNull @JsonProperty("ConsoleSize") @Nullable ConsoleSize consoleSize,
        @JsonProperty("AttachStdin") boolean attachStdin,
        @JsonProperty("AttachStderr") boolean attachStderr,
        @JsonProperty("AttachStdout") boolean attachStdout,
        @JsonProperty("Detach") boolean detach,
        @JsonProperty("DetachKeys") String detachKeys,
        @JsonProperty("Env") @Nullable List<String> env,
        @JsonProperty("WorkingDir") String workingDir,
        @StringOrList @JsonProperty("Cmd") List<String> cmd) {}
