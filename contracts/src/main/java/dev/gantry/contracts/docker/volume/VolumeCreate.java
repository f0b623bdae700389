package dev.gantry.contracts.docker.volume;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /volumes/create}; all of it may be missing. */
public record VolumeCreate(
        @JsonProperty("Name") String name,
        @JsonProperty("Driver") String driver,
        @JsonProperty("DriverOpts") @Nullable Map<String, String> driverOpts,
        @JsonProperty("Labels") @Nullable Map<String, String> labels) {}
