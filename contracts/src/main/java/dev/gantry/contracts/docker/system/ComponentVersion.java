package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The version of one part, with details. */
public record ComponentVersion(
        @JsonProperty("Name") String name,
        @JsonProperty("Version") String version,
        @JsonProperty("Details") @Nullable Map<String, String> details) {}
