package dev.gantry.contracts.docker.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.OciDescriptor;
import dev.gantry.contracts.docker.OmitEmpty;
import dev.gantry.contracts.docker.OmitNull;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One image in {@code GET /images/json}. {@code Created} is in seconds; {@code Containers} and {@code SharedSize}
 * are -1 when not counted.
 */
@Buildable
public record ImageSummary(
        @JsonProperty("Containers") long containers,
        @JsonProperty("Created") long created,
        @JsonProperty("Id") String id,
        @JsonProperty("Labels") @Nullable Map<String, String> labels,
        @JsonProperty("ParentId") String parentId,
        @OmitNull @JsonProperty("Descriptor") @Nullable OciDescriptor descriptor,
        @OmitEmpty @JsonProperty("Manifests") @Nullable List<ImageManifestSummary> manifests,
        @JsonProperty("RepoDigests") @Nullable List<String> repoDigests,
        @JsonProperty("RepoTags") @Nullable List<String> repoTags,
        @JsonProperty("SharedSize") long sharedSize,
        @JsonProperty("Size") long size) {}
