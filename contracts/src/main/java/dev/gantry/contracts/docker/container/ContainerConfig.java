package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.OmitEmpty;
import dev.gantry.contracts.docker.OmitNull;
import dev.gantry.contracts.docker.StringOrList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a container: the part of a create request that an image can give defaults for. {@code Cmd}, {@code
 * Entrypoint} and {@code Env} tell {@code null} (take the image's) from an empty list.
 */
@Buildable
public record ContainerConfig(
        @JsonProperty("Hostname") String hostname,
        @JsonProperty("Domainname") String domainname,
        @JsonProperty("User") String user,
        @JsonProperty("AttachStdin") boolean attachStdin,
        @JsonProperty("AttachStdout") boolean attachStdout,
        @JsonProperty("AttachStderr") boolean attachStderr,
        @OmitEmpty @JsonProperty("ExposedPorts") @Nullable Set<String> exposedPorts,
        @JsonProperty("Tty") boolean tty,
        @JsonProperty("OpenStdin") boolean openStdin,
        @JsonProperty("StdinOnce") boolean stdinOnce,
        @JsonProperty("Env") @Nullable List<String> env,
        @StringOrList @JsonProperty("Cmd") @Nullable List<String> cmd,
        @OmitNull @JsonProperty("Healthcheck") @Nullable HealthConfig healthcheck,
        @OmitEmpty @JsonProperty("ArgsEscaped") boolean argsEscaped,
        @JsonProperty("Image") String image,
        @JsonProperty("Volumes") @Nullable Set<String> volumes,
        @JsonProperty("WorkingDir") String workingDir,
        @StringOrList @JsonProperty("Entrypoint") @Nullable List<String> entrypoint,
        @OmitEmpty @JsonProperty("NetworkDisabled") boolean networkDisabled,
        @OmitEmpty @JsonProperty("MacAddress") String macAddress,
        @JsonProperty("OnBuild") @Nullable List<String> onBuild,
        @JsonProperty("Labels") @Nullable Map<String, String> labels,
        @OmitEmpty @JsonProperty("StopSignal") String stopSignal,
        @OmitNull @JsonProperty("StopTimeout") @Nullable Integer stopTimeout,

        @StringOrList @OmitEmpty @JsonProperty("Shell") @Nullable
        List<String> shell) {}
