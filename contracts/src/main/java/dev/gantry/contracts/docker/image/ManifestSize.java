package dev.gantry.contracts.docker.image;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Bytes of a manifest's content, packed and in total. */
public record ManifestSize(
        @JsonProperty("Content") long content,
        @JsonProperty("Total") long total) {}
