package dev.gantry.image.catalog;

import com.google.protobuf.ByteString;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.image.ExecutionConfig;
import dev.gantry.oci.image.History;
import dev.gantry.oci.image.ImageConfiguration;
import dev.gantry.oci.image.MediaTypes;
import dev.gantry.oci.image.OciJson;
import dev.gantry.oci.image.RootFilesystem;
import dev.gantry.oci.reference.ImageReference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Images for tests. */
public final class SomeImages {
    private SomeImages() {}

    /** @param layers their names, the lowest first; each has ten bytes */
    public static Image image(String comment, Optional<Image> parent, String... layers) {
        List<Digest> diffIds = Stream.of(layers).map(SomeImages::digest).toList();
        Instant created = Instant.ofEpochSecond(1_700_000_000 + comment.length());
        ImageConfiguration configuration = new ImageConfiguration(
                created,
                null,
                "amd64",
                null,
                "linux",
                null,
                ExecutionConfig.EMPTY,
                RootFilesystem.of(diffIds),
                diffIds.stream()
                        .map(id -> new History(created, "ADD " + comment, null, null, false))
                        .toList(),
                comment,
                null);
        byte[] config = OciJson.write(configuration);
        return new Image(
                Digest.of(config),
                ByteString.copyFrom(config),
                configuration,
                parent.map(Image::id),
                diffIds.stream()
                        .map(id -> new StoredLayer(id.toString(), id.toString(), MediaTypes.OCI_LAYER, 10, 10))
                        .toList(),
                Optional.empty(),
                1);
    }

    public static Digest digest(String name) {
        return Digest.of(name.getBytes(StandardCharsets.UTF_8));
    }

    public static ImageReference name(String text) {
        return ImageReference.parse(text).orLatest();
    }

    public static Images with(Images images, Image image, String... names) {
        Images changed = images.with(image);
        for (String name : names) {
            changed = changed.tagged(name(name), image, Instant.EPOCH);
        }
        return changed;
    }
}
