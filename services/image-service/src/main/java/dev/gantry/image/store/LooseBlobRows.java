package dev.gantry.image.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Blobs that no image may need, as rows. Every method wants a transaction. */
@ApplicationScoped
class LooseBlobRows implements PanacheRepositoryBase<LooseBlobRow, String> {
    /** @param imageId the image that had it while containers may need it, or empty */
    void save(String digest, String imageId) {
        LooseBlobRow row = findById(digest);
        if (row == null) {
            row = new LooseBlobRow();
            row.digest = digest;
        }
        row.imageId = imageId;
        row.since = Instant.now();
        persist(row);
    }
}
