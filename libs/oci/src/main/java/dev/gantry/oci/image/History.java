package dev.gantry.oci.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of an image's making, the oldest first in a config (config.md).
 *
 * @param emptyLayer true when the step left no layer
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record History(
        @JsonProperty("created") @Nullable Instant created,
        @JsonProperty("created_by") @Nullable String createdBy,
        @JsonProperty("author") @Nullable String author,
        @JsonProperty("comment") @Nullable String comment,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("empty_layer")
        boolean emptyLayer) {}
