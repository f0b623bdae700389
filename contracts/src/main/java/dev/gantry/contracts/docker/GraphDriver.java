package dev.gantry.contracts.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storage driver and where it keeps a layer. */
public record GraphDriver(
        @JsonProperty("Data") @Nullable Map<String, String> data,
        @JsonProperty("Name") String name) {}
