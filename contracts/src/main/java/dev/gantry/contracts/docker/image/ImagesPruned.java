package dev.gantry.contracts.docker.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a prune of images; {@code null} when nothing was deleted. */
public record ImagesPruned(
        @JsonProperty("ImagesDeleted") @Nullable List<ImageDeleted> imagesDeleted,
        @JsonProperty("SpaceReclaimed") long spaceReclaimed) {}
