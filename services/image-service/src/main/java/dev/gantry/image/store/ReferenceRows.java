package dev.gantry.image.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Names as rows. Every method wants a transaction. */
@ApplicationScoped
class ReferenceRows implements PanacheRepositoryBase<ReferenceRow, String> {
    void save(String name, String imageId, Instant when) {
        ReferenceRow row = findById(name);
        if (row == null) {
            row = new ReferenceRow();
            row.name = name;
        }
        row.imageId = imageId;
        row.taggedAt = when;
        persist(row);
        flush();
    }

    void remove(String name) {
        deleteById(name);
        flush();
    }
}
