package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.OmitEmpty;
import dev.gantry.contracts.docker.OmitNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to {@code GET /version}. */
@Buildable
public record SystemVersion(
        @OmitNull @JsonProperty("Platform") @Nullable PlatformName platform,
        @OmitEmpty @JsonProperty("Components") @Nullable List<ComponentVersion> components,
        @JsonProperty("Version") String version,
        @JsonProperty("ApiVersion") String apiVersion,
        @OmitEmpty @JsonProperty("MinAPIVersion") String minApiVersion,
        @JsonProperty("GitCommit") String gitCommit,
        @JsonProperty("GoVersion") String goVersion,
        @JsonProperty("Os") String os,
        @JsonProperty("Arch") String arch,
        @OmitEmpty @JsonProperty("KernelVersion") String kernelVersion,
        @OmitEmpty @JsonProperty("Experimental") boolean experimental,
        @OmitEmpty @JsonProperty("BuildTime") String buildTime) {}
