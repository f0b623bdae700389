package dev.gantry.image.importing;

import com.google.protobuf.ByteString;
import dev.gantry.image.blob.BlobStore;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.StoredLayer;
import dev.gantry.image.store.Catalog;
import dev.gantry.image.store.DigestLocks;
import dev.gantry.image.store.LooseBlobs;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.image.History;
import dev.gantry.oci.image.ImageConfiguration;
import dev.gantry.oci.image.OciJson;
import dev.gantry.oci.image.RootFilesystem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes an image of an archive. Until the last commit nothing of it shows, and what a crash leaves behind is noted before it is made. */
@ApplicationScoped
class Importer {
    private final Catalog catalog;
    private final BlobStore blobs;
    private final DigestLocks locks;
    private final LooseBlobs loose;
    private final long largest;
    private final Places places;

    Importer(
            Catalog catalog,
            BlobStore blobs,
            DigestLocks locks,
            LooseBlobs loose,
            Places places,
            @ConfigProperty(name = "gantry.image.largest-layer") long largest) {
        this.catalog = catalog;
        this.blobs = blobs;
        this.locks = locks;
        this.loose = loose;
        this.largest = largest;
        this.places = places;
    }

    /** The id of the image, which is committed. */
    Digest run(ImportRequest request, InputStream archive) {
        return places.within(() -> make(request, archive));
    }

    private Digest make(ImportRequest request, InputStream archive) {
        try (BlobStore.Upload upload = blobs.begin()) {
            StoredLayer layer = take(archive, upload);
            Image image = image(request, layer, Instant.now());
            Digest digest = Digest.parse(layer.digest());
            locks.holding(digest, () -> commit(request, layer, image, upload));
            return image.id();
        }
    }

    /** From the note on, a crash or a failure leaves a blob that the sweep of loose blobs finds. */
    private void commit(ImportRequest request, StoredLayer layer, Image image, BlobStore.Upload upload) {
        catalog.expect(layer.digest());
        try {
            upload.finish(Digest.parse(layer.digest()));
            catalog.add(image, request.name());
        } catch (RuntimeException e) {
            loose.sweepSoon();
            throw e;
        }
    }

    private StoredLayer take(InputStream archive, BlobStore.Upload upload) {
        try {
            return LayerIntake.take(archive, upload, largest);
        } catch (IOException e) {
            throw BadArchives.refusal(e);
        }
    }

    private static Image image(ImportRequest request, StoredLayer layer, Instant now) {
        ImageConfiguration configuration = new ImageConfiguration(
                now,
                null,
                request.platform().architecture(),
                request.platform().variant(),
                request.platform().os(),
                null,
                request.config(),
                RootFilesystem.of(List.of(Digest.parse(layer.diffId()))),
                List.of(new History(now, null, null, request.message(), false)),
                request.message(),
                null);
        byte[] config = OciJson.write(configuration);
        return new Image(
                Digest.of(config),
                ByteString.copyFrom(config),
                configuration,
                Optional.empty(),
                List.of(layer),
                Optional.empty(),
                1);
    }
}
