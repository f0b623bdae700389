package dev.gantry.contracts.docker.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/** One name or one image that a removal took away. */
public record ImageDeleted(
        @OmitEmpty @JsonProperty("Deleted") String deleted,
        @OmitEmpty @JsonProperty("Untagged") String untagged) {}
