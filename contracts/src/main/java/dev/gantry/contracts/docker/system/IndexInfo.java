package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One registry and its mirrors. */
public record IndexInfo(
        @JsonProperty("Mirrors") @Nullable List<String> mirrors,
        @JsonProperty("Name") String name,
        @JsonProperty("Official") boolean official,
        @JsonProperty("Secure") boolean secure) {}
