package dev.gantry.contracts.docker.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.GraphDriver;
import dev.gantry.contracts.docker.OciDescriptor;
import dev.gantry.contracts.docker.OmitEmpty;
import dev.gantry.contracts.docker.OmitNull;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one image: {@code GET /images/{name}/json}. */
@Buildable
public record ImageInspect(
        @JsonProperty("Id") String id,
        @JsonProperty("RepoTags") @Nullable List<String> repoTags,
        @JsonProperty("RepoDigests") @Nullable List<String> repoDigests,
        @JsonProperty("Parent") String parent,
        @JsonProperty("Comment") String comment,
        @OmitNull @JsonProperty("Created") @Nullable Instant created,
        @JsonProperty("DockerVersion") String dockerVersion,
        @JsonProperty("Author") String author,
        @JsonProperty("Architecture") String architecture,
        @OmitEmpty @JsonProperty("Variant") String variant,
        @JsonProperty("Os") String os,
        @OmitEmpty @JsonProperty("OsVersion") String osVersion,
        @JsonProperty("Size") long size,
        @JsonProperty("GraphDriver") GraphDriver graphDriver,
        @JsonProperty("RootFS") RootFs rootFs,
        @JsonProperty("Metadata") ImageMetadata metadata,
        @OmitNull @JsonProperty("Descriptor") @Nullable OciDescriptor descriptor,
        @OmitEmpty @JsonProperty("Manifests") @Nullable List<ImageManifestSummary> manifests,
        @JsonProperty("Config") @Nullable ImageConfig config) {}
