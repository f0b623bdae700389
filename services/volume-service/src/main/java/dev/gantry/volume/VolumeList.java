package dev.gantry.volume;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /volumes}: without volumes a list that is empty, and warnings that are null. */
public record VolumeList(
        @JsonProperty("Volumes") List<Map<String, String>> volumes,
        @JsonProperty("Warnings") @Nullable List<String> warnings) {
    static final VolumeList NONE = new VolumeList(List.of(), null);
}
