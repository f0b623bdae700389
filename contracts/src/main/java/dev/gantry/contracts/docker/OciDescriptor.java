package dev.gantry.contracts.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pointer to content, as OCI defines it. */
public record OciDescriptor(
        @JsonProperty("mediaType") String mediaType,
        @JsonProperty("digest") String digest,
        @JsonProperty("size") long size,
        @OmitEmpty @JsonProperty("urls") @Nullable List<String> urls,
        @OmitEmpty @JsonProperty("annotations") @Nullable Map<String, String> annotations,
        @OmitEmpty @JsonProperty("data") String data,
        @OmitNull @JsonProperty("platform") @Nullable OciPlatform platform,
        @OmitEmpty @JsonProperty("artifactType") String artifactType) {}
