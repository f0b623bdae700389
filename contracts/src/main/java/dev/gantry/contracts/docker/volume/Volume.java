package dev.gantry.contracts.docker.volume;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume as list and inspect show it.
 *
 * @param createdAt RFC 3339 with whole seconds
 */
public record Volume(
        @JsonProperty("CreatedAt") String createdAt,
        @JsonProperty("Driver") String driver,
        @JsonProperty("Labels") @Nullable Map<String, String> labels,
        @JsonProperty("Mountpoint") String mountpoint,
        @JsonProperty("Name") String name,
        @JsonProperty("Options") @Nullable Map<String, String> options,
        @JsonProperty("Scope") String scope) {}
