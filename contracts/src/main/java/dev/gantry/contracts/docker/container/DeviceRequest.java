package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Devices asked of a device driver, such as GPUs. */
public record DeviceRequest(
        @JsonProperty("Driver") String driver,
        @JsonProperty("Count") int count,
        @JsonProperty("DeviceIDs") @Nullable List<String> deviceIds,
        @JsonProperty("Capabilities") @Nullable List<List<String>> capabilities,
        @JsonProperty("Options") @Nullable Map<String, String> options) {}
