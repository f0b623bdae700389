package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options of a tmpfs mount; size in bytes, mode as an integer. */
public record TmpfsOptions(
        @OmitEmpty @JsonProperty("SizeBytes") long sizeBytes,
        @OmitEmpty @JsonProperty("Mode") int mode,
        @OmitEmpty @JsonProperty("Options") @Nullable List<List<String>> options) {}
