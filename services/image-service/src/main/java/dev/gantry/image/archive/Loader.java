package dev.gantry.image.archive;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.image.blob.BlobStore;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Platforms;
import dev.gantry.image.catalog.StoredLayer;
import dev.gantry.image.importing.BadArchives;
import dev.gantry.image.importing.LayerIntake;
import dev.gantry.image.importing.Places;
import dev.gantry.image.store.Catalog;
import dev.gantry.image.store.HeldBlobs;
import dev.gantry.image.store.LooseBlobs;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.layer.BadLayerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes the images of an archive in, one after the other; each is committed whole or not at all, and one that is refused ends the load, as in
 * Docker. What a crash leaves of an image under way is noted before it is made.
 */
@ApplicationScoped
class Loader {
    private static final Logger LOG = Logger.getLogger(Loader.class);

    private final Catalog catalog;
    private final BlobStore blobs;
    private final HeldBlobs held;
    private final LooseBlobs loose;
    private final Spool spool;
    private final Places places;
    private final long largest;

    Loader(
            Catalog catalog,
            BlobStore blobs,
            HeldBlobs held,
            LooseBlobs loose,
            Spool spool,
            Places places,
            @ConfigProperty(name = "gantry.image.largest-layer") long largest) {
        this.catalog = catalog;
        this.blobs = blobs;
        this.held = held;
        this.loose = loose;
        this.spool = spool;
        this.places = places;
        this.largest = largest;
    }

    /**
     * @param platform as a user asks for it, or empty: images of another one are passed over
     * @throws dev.gantry.contracts.error.GantryException in Docker's words; what was loaded before stays
     */
    void run(InputStream archive, String platform, LoadProgress progress) {
        places.within(() -> {
            try {
                spooled(archive, platform, progress);
            } catch (IOException e) {
                throw BadArchives.refusal(e);
            }
            return true;
        });
    }

    private void spooled(InputStream packed, String platform, LoadProgress progress) throws IOException {
        Path directory = spool.directory();
        try {
            SpooledArchive archive = SpooledArchive.take(packed, directory, largest);
            List<ArchivedImage> images = images(archive, platform).stream()
                    .filter(image -> Platforms.matches(image.platform(), platform))
                    .toList();
            if (images.isEmpty() && !platform.isEmpty()) {
                throw new BadLayerException("no image of the archive is for the platform " + platform);
            }
            for (ArchivedImage image : images) {
                load(archive, image, progress);
            }
        } finally {
            spool.remove(directory);
        }
    }

    /** Docker's own document outweighs the layout's, which says less of names and may say more of other platforms. */
    private static List<ArchivedImage> images(SpooledArchive archive, String platform) throws IOException {
        Optional<SpooledFile> manifest = archive.find(DockerManifest.FILE);
        if (manifest.isPresent()) {
            return DockerManifest.images(archive, manifest.get());
        }
        SpooledFile index = archive.find(OciLayout.INDEX_FILE)
                .orElseThrow(() -> new BadLayerException("neither manifest.json nor index.json is in the archive"));
        return OciLayout.images(archive, index, platform);
    }

    private void load(SpooledArchive archive, ArchivedImage image, LoadProgress progress) throws IOException {
        try (HeldBlobs.Hold _ = held.hold(image.diffIds())) {
            List<StoredLayer> layers = new ArrayList<>();
            for (int i = 0; i < image.layers().size(); i++) {
                layers.add(layer(archive, image, i, progress));
            }
            commit(image, layers, progress);
        } catch (IOException | RuntimeException e) {
            loose.sweepSoon();
            throw e;
        }
    }

    private StoredLayer layer(SpooledArchive archive, ArchivedImage image, int index, LoadProgress progress)
            throws IOException {
        Digest diffId = image.diffIds().get(index);
        Optional<StoredLayer> known = catalog.images().layer(diffId);
        if (known.isPresent()) {
            return known.get();
        }
        SpooledFile file = archive.get(image.layers().get(index));
        try (InputStream read = new CountedInput(file, diffId.shortHex(), progress);
                BlobStore.Upload upload = blobs.begin()) {
            StoredLayer layer = LayerIntake.take(read, upload, largest);
            if (!layer.diffId().equals(diffId.toString())) {
                throw ErrorCode.BAD_ARCHIVE.with("invalid diffID for layer " + index + ": expected \"" + diffId
                        + "\", got \"" + layer.diffId() + "\"");
            }
            catalog.expect(layer.digest());
            upload.finish(Digest.parse(layer.digest()));
            return layer;
        }
    }

    private void commit(ArchivedImage archived, List<StoredLayer> layers, LoadProgress progress) {
        Image image = new Image(
                archived.id(),
                archived.config(),
                archived.configuration(),
                Optional.empty(),
                layers,
                Optional.empty(),
                1);
        var displaced = catalog.load(image, archived.names());
        LOG.infof("loaded %s %s", image.id(), archived.names());
        displaced.forEach((name, holder) -> progress.say("The image " + name.familiar()
                + " already exists, renaming the old one with ID " + holder + " to empty string"));
        archived.names().forEach(name -> progress.say("Loaded image: " + name.familiar()));
        if (archived.names().isEmpty()) {
            progress.say("Loaded image ID: " + image.id());
        }
    }
}
