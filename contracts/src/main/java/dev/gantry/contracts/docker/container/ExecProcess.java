package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.List;

/** What an exec runs: its program apart from its arguments. */
public record ExecProcess(
        @JsonProperty("tty") boolean tty,
        @JsonProperty("entrypoint") String entrypoint,
        @JsonProperty("arguments") List<String> arguments,
        @JsonProperty("privileged") boolean privileged,
        @OmitEmpty @JsonProperty("user") String user) {}
