package dev.gantry.oci.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image gives its containers for defaults: {@code config} of config.md, with what Docker adds ({@code OnBuild}, {@code Healthcheck},
 * {@code Shell}). {@code null} is "says nothing", which for Cmd and Entrypoint differs from an empty list.
 *
 * @param exposedPorts keys like {@code 80/tcp}, values empty objects
 * @param volumes keys are paths, values empty objects
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExecutionConfig(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("User") @Nullable
        String user,

        @JsonProperty("ExposedPorts") @Nullable Map<String, Map<String, Object>> exposedPorts,
        @JsonProperty("Env") @Nullable List<String> env,
        @JsonProperty("Entrypoint") @Nullable List<String> entrypoint,
        @JsonProperty("Cmd") @Nullable List<String> cmd,
        @JsonProperty("Volumes") @Nullable Map<String, Map<String, Object>> volumes,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("WorkingDir") @Nullable
        String workingDir,

        @JsonProperty("Labels") @Nullable Map<String, String> labels,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("StopSignal") @Nullable
        String stopSignal,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("ArgsEscaped")
        boolean argsEscaped,

        @JsonProperty("Healthcheck") @Nullable Healthcheck healthcheck,
        @JsonProperty("OnBuild") @Nullable List<String> onBuild,
        @JsonProperty("Shell") @Nullable List<String> shell) {
    public static final ExecutionConfig EMPTY =
            new ExecutionConfig(null, null, null, null, null, null, null, null, null, false, null, null, null);
}
