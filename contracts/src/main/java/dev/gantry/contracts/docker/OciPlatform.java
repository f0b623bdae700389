package dev.gantry.contracts.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A platform, as OCI defines it. */
public record OciPlatform(
        @JsonProperty("architecture") String architecture,
        @JsonProperty("os") String os,
        @OmitEmpty @JsonProperty("os.version") String osVersion,
        @OmitEmpty @JsonProperty("os.features") @Nullable List<String> osFeatures,
        @OmitEmpty @JsonProperty("variant") String variant) {}
