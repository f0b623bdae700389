package dev.gantry.contracts.docker.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OciDescriptor;

/** One manifest of an image with several. */
public record ImageManifestSummary(
        @JsonProperty("ID") String id,
        @JsonProperty("Descriptor") OciDescriptor descriptor,
        @JsonProperty("Available") boolean available,
        @JsonProperty("Size") ManifestSize size,
        @JsonProperty("Kind") String kind) {}
