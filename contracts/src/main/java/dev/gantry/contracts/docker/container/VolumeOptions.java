package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import dev.gantry.contracts.docker.OmitNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options of a volume mount. */
public record VolumeOptions(
        @OmitEmpty @JsonProperty("NoCopy") boolean noCopy,
        @OmitEmpty @JsonProperty("Labels") @Nullable Map<String, String> labels,
        @OmitEmpty @JsonProperty("Subpath") String subpath,
        @OmitNull @JsonProperty("DriverConfig") @Nullable DriverConfig driverConfig) {}
