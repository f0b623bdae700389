package dev.gantry.image.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.oci.layer.BadLayerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json}: the images of an archive as Docker has written them since 1.10.
 *
 * @param config file of the configuration
 * @param repoTags names with tags, none for an image that was asked for by its id
 * @param layers files, the lowest first: {@code <id>/layer.tar}, or {@code blobs/sha256/<digest>} since Docker 25
 * @param layerSources what the layers are, by diff id; only told, never read
 */
record DockerManifest(
        @JsonProperty("Config") String config,
        @JsonProperty("RepoTags") @Nullable List<String> repoTags,
        @JsonProperty("Layers") @Nullable List<String> layers,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("LayerSources") @Nullable
        Map<String, LayerSource> layerSources) {
    static final String FILE = "manifest.json";

    /** A descriptor, in the order of fields that Docker has here. */
    record LayerSource(
            @JsonProperty("mediaType") String mediaType,
            @JsonProperty("size") long size,
            @JsonProperty("digest") String digest) {}

    @SuppressWarnings("NullAway") // Jackson gives null where the document has nothing
    DockerManifest {
        if (config == null) {
            throw new IllegalArgumentException("an image without Config");
        }
    }

    /** @param file the archive's own */
    static List<ArchivedImage> images(SpooledArchive archive, SpooledFile file) throws IOException {
        List<ArchivedImage> images = new ArrayList<>();
        for (@Nullable DockerManifest image : file.read(DockerManifest[].class)) {
            if (image == null) {
                throw new BadLayerException(FILE + ": null stands for an image");
            }
            images.add(ArchivedImage.of(archive.get(image.config()), orNone(image.layers()), orNone(image.repoTags())));
        }
        return images;
    }

    private static List<String> orNone(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
