package dev.gantry.contracts.docker.volume;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What a prune removed; never null, unlike those of other kinds. */
public record VolumesPruned(
        @JsonProperty("VolumesDeleted") List<String> volumesDeleted,
        @JsonProperty("SpaceReclaimed") long spaceReclaimed) {}
