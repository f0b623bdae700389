package dev.gantry.contracts.docker.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layers of an image, lowest first, by diff id. */
public record RootFs(
        @JsonProperty("Type") String type,
        @OmitEmpty @JsonProperty("Layers") @Nullable List<String> layers) {}
