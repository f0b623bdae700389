package dev.gantry.image.store;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.image.blob.BlobStore;
import dev.gantry.image.removal.ImageUse;
import dev.gantry.oci.digest.Digest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Deletes the blobs that no image needs: those of removed images and those that an import had stored when it was killed. Runs after each removal, at
 * the start and now and again, on a thread of its own; what cannot be deleted now is tried again.
 */
@ApplicationScoped
public class LooseBlobs {
    private static final Logger LOG = Logger.getLogger(LooseBlobs.class);

    private final Catalog catalog;
    private final BlobStore blobs;
    private final ImageUse use;
    private final DigestLocks locks;
    private final HeldBlobs held;
    private final Duration every;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean closed;

    LooseBlobs(
            Catalog catalog,
            BlobStore blobs,
            ImageUse use,
            DigestLocks locks,
            HeldBlobs held,
            @ConfigProperty(name = "gantry.image.blob-sweep") Duration every) {
        this.catalog = catalog;
        this.blobs = blobs;
        this.use = use;
        this.locks = locks;
        this.held = held;
        this.every = every;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("image-loose-blobs").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        closed = true;
        wake.release();
    }

    /** Returns at once. */
    public void sweepSoon() {
        wake.release();
    }

    private void run() {
        while (!closed) {
            try {
                sweep();
                if (wake.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("loose blobs are tried again later: %s", e.getMessage());
                wake.drainPermits();
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(Math.min(5_000, every.toMillis()));
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** One pass over what is noted. */
    void sweep() {
        for (LooseBlobRow row : catalog.loose()) {
            if (!closed) {
                locks.holding(Digest.parse(row.digest), () -> release(row));
            }
        }
    }

    /** Under the digest's lock no import is between its note and its commit. */
    private void release(LooseBlobRow row) {
        boolean settled = catalog.loose().stream().noneMatch(now -> now.digest.equals(row.digest));
        if (settled || held.isHeld(Digest.parse(row.digest))) {
            return;
        }
        if (catalog.images().needsBlob(row.digest)) {
            catalog.forget(row.digest);
        } else if (!isUsed(row)) {
            blobs.delete(row.digest);
            catalog.forget(row.digest);
            LOG.infof("blob %s freed", row.digest);
        }
    }

    /** A container of a removed image may still want its layers on another day. */
    private boolean isUsed(LooseBlobRow row) {
        if (row.imageId.isEmpty()) {
            return false;
        }
        try {
            return !use.of(Digest.parse(row.imageId)).isEmpty();
        } catch (GantryException e) {
            if (e.code() != ErrorCode.SERVICE_AWAY && e.code() != ErrorCode.TIMED_OUT) {
                LOG.warnf("cannot ask who uses image %s: %s", row.imageId, e.getMessage());
            }
            return true;
        }
    }
}
