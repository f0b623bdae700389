package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How registries are reached. */
public record RegistryConfig(
        @JsonProperty("IndexConfigs") @Nullable Map<String, IndexInfo> indexConfigs,
        @JsonProperty("InsecureRegistryCIDRs") @Nullable List<String> insecureRegistryCidrs,
        @JsonProperty("Mirrors") @Nullable List<String> mirrors) {}
