package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the container list shows of a {@link HostConfig}. */
public record SummaryHostConfig(
        @OmitEmpty @JsonProperty("NetworkMode") String networkMode,
        @OmitEmpty @JsonProperty("Annotations") @Nullable Map<String, String> annotations) {}
