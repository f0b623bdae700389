package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A runtime that containers can ask for. */
public record Runtime(
        @OmitEmpty @JsonProperty("path") String path,
        @OmitEmpty @JsonProperty("runtimeArgs") @Nullable List<String> runtimeArgs,
        @OmitEmpty @JsonProperty("status") @Nullable Map<String, String> status) {}
