package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a prune of containers; {@code null} when nothing was deleted. */
public record ContainersPruned(
        @JsonProperty("ContainersDeleted") @Nullable List<String> containersDeleted,
        @JsonProperty("SpaceReclaimed") long spaceReclaimed) {}
