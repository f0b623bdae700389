package dev.gantry.contracts.docker.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.OmitEmpty;
import dev.gantry.contracts.docker.OmitNull;
import dev.gantry.contracts.docker.StringOrList;
import dev.gantry.contracts.docker.container.HealthConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The defaults that an image gives its containers. */
@Buildable
public record ImageConfig(
        @OmitEmpty @JsonProperty("ArgsEscaped") boolean argsEscaped,
        @StringOrList @JsonProperty("Cmd") @Nullable List<String> cmd,
        @StringOrList @JsonProperty("Entrypoint") @Nullable List<String> entrypoint,
        @JsonProperty("Env") @Nullable List<String> env,
        @OmitEmpty @JsonProperty("ExposedPorts") @Nullable Set<String> exposedPorts,
        @OmitNull @JsonProperty("Healthcheck") @Nullable HealthConfig healthcheck,
        @JsonProperty("Labels") @Nullable Map<String, String> labels,
        @JsonProperty("OnBuild") @Nullable List<String> onBuild,

        @StringOrList @OmitEmpty @JsonProperty("Shell") @Nullable
        List<String> shell,

        @OmitEmpty @JsonProperty("StopSignal") String stopSignal,
        @JsonProperty("User") String user,
        @JsonProperty("Volumes") @Nullable Set<String> volumes,
        @JsonProperty("WorkingDir") String workingDir) {}
