package dev.gantry.registry.blobs;

import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.outbox.OutboxRecord;
import dev.gantry.oci.digest.Digest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The rows of blobs, each change with its event in one transaction. */
@ApplicationScoped
class BlobRows {
    private final RegistryEvents events;

    BlobRows(RegistryEvents events) {
        this.events = events;
    }

    @Transactional
    OptionalLong size(Digest digest) {
        BlobRow row = BlobRow.findById(digest.toString());
        return row == null ? OptionalLong.empty() : OptionalLong.of(row.size);
    }

    /** False when it was there already. */
    @Transactional
    boolean insert(Digest digest, long size) {
        if (BlobRow.findById(digest.toString()) != null) {
            return false;
        }
        Instant now = Instant.now();
        BlobRow.of(digest.toString(), size, now).persistAndFlush();
        say("create", digest, Map.of("size", Long.toString(size)), now);
        return true;
    }

    /** False when there was none. */
    @Transactional
    boolean delete(Digest digest) {
        boolean found = BlobRow.deleteById(digest.toString());
        if (found) {
            say("delete", digest, Map.of(), Instant.now());
        }
        return found;
    }

    @Transactional
    List<BlobRow> all() {
        return BlobRow.listAll();
    }

    /** A digest may come, go and come again; its version is the clock, which keeps them apart. */
    private void say(String action, Digest digest, Map<String, String> attributes, Instant now) {
        long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        CloudEvent event =
                CloudEvent.of("registry", ObjectKind.REGISTRY, action, digest.toString(), attributes, nanos, nanos);
        events.outbox().append(OutboxRecord.event(event));
    }
}
