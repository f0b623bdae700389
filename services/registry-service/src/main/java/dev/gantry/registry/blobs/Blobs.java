package dev.gantry.registry.blobs;

import dev.gantry.oci.digest.Digest;
import dev.gantry.registry.content.ContentStore;
import dev.gantry.registry.content.Ingest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * The blobs of the platform. Bytes come before the row and go after it, so a crash leaves at most a file that nobody was told of; {@link
 * #heal} takes it away. All repositories share one set of blobs: callers are services of the platform.
 */
@ApplicationScoped
public class Blobs {
    private static final Logger LOG = Logger.getLogger(Blobs.class);

    private final ContentStore content;
    private final BlobRows rows;
    private final DigestLocks locks = new DigestLocks();

    Blobs(ContentStore content, BlobRows rows) {
        this.content = content;
        this.rows = rows;
    }

    /** Its size, or empty when there is no such blob. */
    public OptionalLong size(Digest digest) {
        return rows.size(digest);
    }

    /** Its bytes, to be closed by the caller. */
    public Optional<SeekableByteChannel> open(Digest digest) throws IOException {
        return size(digest).isPresent() ? content.open(digest) : Optional.empty();
    }

    /** Turns an upload into a blob; when this returns, bytes and row are on disk. */
    public void commit(Ingest ingest, Digest digest) throws IOException {
        long size = ingest.size();
        locks.holding(digest, () -> {
            ingest.commit(digest);
            return rows.insert(digest, size);
        });
    }

    /** False when there was none. */
    public boolean delete(Digest digest) throws IOException {
        return locks.holding(digest, () -> {
            boolean found = rows.delete(digest);
            content.delete(digest);
            return found;
        });
    }

    /** Makes rows and bytes agree again after a crash. Before anything is served. */
    void heal() throws IOException {
        Map<String, Long> known = new HashMap<>();
        rows.all().forEach(row -> known.put(row.digest, row.size));
        for (ContentStore.Stored stored : content.all()) {
            Long size = known.remove(stored.digest().toString());
            if (size == null || size != stored.size()) {
                LOG.infof("removing blob file %s: no row knows it", stored.digest());
                delete(stored.digest());
            }
        }
        for (String lost : known.keySet()) {
            LOG.warnf("removing the row of blob %s: its file is gone", lost);
            rows.delete(Digest.parse(lost));
        }
    }
}
