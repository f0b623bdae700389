package dev.gantry.image.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.protobuf.ByteString;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.StoredLayer;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.image.ImageConfiguration;
import dev.gantry.oci.image.OciJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image as its row keeps it: the config, readable in SQL, and the facts beside it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImageDocument(
        @JsonProperty("config") ImageConfiguration config,
        @JsonProperty("layers") List<StoredLayer> layers,
        @JsonProperty("parent") @Nullable String parent,
        @JsonProperty("lastTagged") @Nullable Instant lastTagged,
        @JsonProperty("version") long version) {
    static String write(Image image) {
        ImageDocument document = new ImageDocument(
                image.configuration(),
                image.layers(),
                image.parent().map(Digest::toString).orElse(null),
                image.lastTagged().orElse(null),
                image.version());
        return new String(OciJson.write(document), java.nio.charset.StandardCharsets.UTF_8);
    }

    static Image read(ImageRow row) {
        try {
            ImageDocument document =
                    OciJson.read(row.document.getBytes(java.nio.charset.StandardCharsets.UTF_8), ImageDocument.class);
            return new Image(
                    Digest.parse(row.id),
                    ByteString.copyFrom(row.config),
                    OciJson.read(row.config, ImageConfiguration.class),
                    Optional.ofNullable(document.parent()).map(Digest::parse),
                    document.layers(),
                    Optional.ofNullable(document.lastTagged()),
                    document.version());
        } catch (IOException e) {
            throw new IllegalStateException("row of image " + row.id + ": " + e.getMessage(), e);
        }
    }
}
