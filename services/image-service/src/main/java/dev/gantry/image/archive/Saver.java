package dev.gantry.image.archive;

import dev.gantry.image.blob.BlobStore;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.DigestInputStream;
import dev.gantry.oci.digest.Digester;
import dev.gantry.oci.layer.Attributes;
import dev.gantry.oci.layer.LayerEntry;
import dev.gantry.oci.layer.LayerPath;
import dev.gantry.oci.layer.LayerWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Writes an archive as it was planned. Nothing in it tells when or by whom it was made. */
@ApplicationScoped
class Saver {
    private static final Attributes FILE = new Attributes(0644, 0, 0, Instant.EPOCH, Map.of());
    private static final Attributes DIRECTORY = new Attributes(0755, 0, 0, Instant.EPOCH, Map.of());

    private final BlobStore blobs;

    Saver(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** @throws IOException also when a blob is not what its digest says; the archive is broken then and must not look whole */
    void write(SavePlan plan, OutputStream out) throws IOException {
        try (LayerWriter tar = new LayerWriter(out)) {
            Set<LayerPath> directories = new HashSet<>();
            for (Map.Entry<String, SavePlan.Content> file : plan.files().entrySet()) {
                LayerPath path = LayerPath.of(file.getKey());
                directories(path.parent(), directories, tar);
                write(path, file.getValue(), tar);
            }
        }
    }

    private static void directories(LayerPath path, Set<LayerPath> made, LayerWriter tar) throws IOException {
        if (!path.isRoot() && made.add(path)) {
            directories(path.parent(), made, tar);
            tar.write(new LayerEntry.Directory(path, DIRECTORY), InputStream.nullInputStream());
        }
    }

    private void write(LayerPath path, SavePlan.Content content, LayerWriter tar) throws IOException {
        switch (content) {
            case SavePlan.Content.Bytes bytes ->
                tar.write(
                        new LayerEntry.File(path, FILE, bytes.bytes().size()),
                        bytes.bytes().newInput());
            case SavePlan.Content.Blob blob -> writeBlob(path, blob, tar);
        }
    }

    private void writeBlob(LayerPath path, SavePlan.Content.Blob blob, LayerWriter tar) throws IOException {
        Digest digest = blob.digest();
        try (DigestInputStream bytes =
                new DigestInputStream(blobs.open(digest.toString()), Digester.of(digest.algorithm()))) {
            tar.write(new LayerEntry.File(path, FILE, blob.size()), bytes);
            bytes.verify(digest);
        }
    }
}
