package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/** Options of an image mount. */
public record ImageOptions(
        @OmitEmpty @JsonProperty("Subpath") String subpath) {}
