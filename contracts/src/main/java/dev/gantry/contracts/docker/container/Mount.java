package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import dev.gantry.contracts.docker.OmitNull;
import org.jspecify.annotations.Nullable;

/** A mount as it is asked for ({@code --mount}); {@link MountPoint} is what became of it. */
public record Mount(
        @OmitEmpty @JsonProperty("Type") String type,
        @OmitEmpty @JsonProperty("Source") String source,
        @OmitEmpty @JsonProperty("Target") String target,
        @OmitEmpty @JsonProperty("ReadOnly") boolean readOnly,
        @OmitEmpty @JsonProperty("Consistency") String consistency,
        @OmitNull @JsonProperty("BindOptions") @Nullable BindOptions bindOptions,
        @OmitNull @JsonProperty("VolumeOptions") @Nullable VolumeOptions volumeOptions,
        @OmitNull @JsonProperty("ImageOptions") @Nullable ImageOptions imageOptions,
        @OmitNull @JsonProperty("TmpfsOptions") @Nullable TmpfsOptions tmpfsOptions) {}
