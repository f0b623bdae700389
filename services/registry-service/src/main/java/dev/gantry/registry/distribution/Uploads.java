package dev.gantry.registry.distribution;

import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.DigestMismatchException;
import dev.gantry.registry.blobs.Blobs;
import dev.gantry.registry.content.ContentStore;
import dev.gantry.registry.content.Ingest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Uploads between their requests. The digest so far is kept in memory; after a restart it is taken from the file again, so an upload survives the
 * process. One request works on an upload at a time.
 */
@ApplicationScoped
class Uploads {
    private static final Logger LOG = Logger.getLogger(Uploads.class);
    private static final int CHUNK = 256 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ContentStore content;
    private final Blobs blobs;
    private final long largest;
    private final Duration idle;
    private final int most;
    private final Map<UUID, Open> open = new ConcurrentHashMap<>();

    /** An ingest, its lock, and when it was last used. */
    private static final class Open {
        final Ingest ingest;
        final ReentrantLock lock = new ReentrantLock();
        volatile Instant used = Instant.now();

        Open(Ingest ingest) {
            this.ingest = ingest;
        }
    }

    Uploads(
            ContentStore content,
            Blobs blobs,
            @ConfigProperty(name = "gantry.registry.largest-blob") long largest,
            @ConfigProperty(name = "gantry.registry.upload-idle") Duration idle,
            @ConfigProperty(name = "gantry.registry.uploads") int most) {
        this.content = content;
        this.blobs = blobs;
        this.largest = largest;
        this.idle = idle;
        this.most = most;
    }

    /** Work on one upload. */
    interface Work<T> {
        T on(Ingest ingest) throws IOException;
    }

    UUID begin() throws IOException {
        if (open.size() >= most) {
            throw DistributionError.TOOMANYREQUESTS.because("too many unfinished uploads");
        }
        UUID id = UUID.randomUUID();
        open.put(id, new Open(content.begin(id)));
        return id;
    }

    /** @throws Refusal when there is no such upload, or another request is at it */
    <T> T use(UUID id, Work<T> work) throws IOException {
        Open upload = find(id);
        acquire(upload);
        try {
            if (open.get(id) != upload) {
                throw unknown();
            }
            return work.on(upload.ingest);
        } finally {
            upload.used = Instant.now();
            upload.lock.unlock();
        }
    }

    /** Waits shortly: a request that broke off may not have let go yet when the next one comes. */
    private static void acquire(Open upload) throws IOException {
        try {
            if (!upload.lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw DistributionError.BLOB_UPLOAD_INVALID.because("another request is writing to this upload");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private Open find(UUID id) throws IOException {
        Open known = open.get(id);
        if (known != null) {
            return known;
        }
        synchronized (this) {
            Open found = open.get(id);
            if (found == null) {
                found = new Open(content.resume(id).orElseThrow(Uploads::unknown));
                open.put(id, found);
            }
            return found;
        }
    }

    private static Refusal unknown() {
        return DistributionError.BLOB_UPLOAD_UNKNOWN.because("no such upload");
    }

    /** Adds all of the body; when it breaks off, what came is kept for a resume. */
    void append(Ingest ingest, InputStream body) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
            if (ingest.size() + count > largest) {
                discard(ingest.id());
                throw DistributionError.TOO_LARGE.because("blob is larger than " + largest + " bytes");
            }
            ingest.write(chunk, 0, count);
        }
    }

    /** The upload is over, whatever comes of it. */
    void finish(Ingest ingest, Digest digest) throws IOException {
        open.remove(ingest.id());
        try {
            blobs.commit(ingest, digest);
        } catch (DigestMismatchException e) {
            throw DistributionError.DIGEST_INVALID.because(String.valueOf(e.getMessage()));
        }
    }

    /** Throws it away; called by whoever holds its lock. */
    void discard(UUID id) throws IOException {
        Open upload = open.remove(id);
        if (upload != null) {
            upload.ingest.abort();
        }
    }

    /** Throws away what nobody added to for a while. */
    void sweep(Instant now) {
        Instant limit = now.minus(idle);
        open.forEach((id, upload) -> {
            if (upload.used.isBefore(limit) && upload.lock.tryLock()) {
                try {
                    abandon(id);
                } finally {
                    upload.lock.unlock();
                }
            }
        });
        sweepFiles(limit);
    }

    private void abandon(UUID id) {
        try {
            LOG.infof("throwing away upload %s: idle for %s", id, idle);
            discard(id);
        } catch (IOException e) {
            LOG.warnf("upload %s is left behind: %s", id, e.getMessage());
        }
    }

    /** Those of an earlier process. */
    private void sweepFiles(Instant limit) {
        try {
            for (ContentStore.Unfinished file : content.unfinished()) {
                if (file.touched().isBefore(limit) && !open.containsKey(file.id())) {
                    LOG.infof("throwing away upload %s of an earlier process", file.id());
                    content.abort(file.id());
                }
            }
        } catch (IOException e) {
            LOG.warnf("cannot sweep uploads: %s", e.getMessage());
        }
    }
}
