package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/** Options of a bind mount. */
public record BindOptions(
        @OmitEmpty @JsonProperty("Propagation") String propagation,
        @OmitEmpty @JsonProperty("NonRecursive") boolean nonRecursive,
        @OmitEmpty @JsonProperty("CreateMountpoint") boolean createMountpoint,
        @OmitEmpty @JsonProperty("ReadOnlyNonRecursive") boolean readOnlyNonRecursive,
        @OmitEmpty @JsonProperty("ReadOnlyForceRecursive") boolean readOnlyForceRecursive) {}
