package dev.gantry.registry.blobs;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One blob that was acknowledged. */
@Entity
@Table(name = "blob")
public class BlobRow extends PanacheEntityBase {
    @Id
    @Column(name = "digest")
    String digest = "";

    @Column(name = "size")
    long size;

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    static BlobRow of(String digest, long size, Instant createdAt) {
        BlobRow row = new BlobRow();
        row.digest = digest;
        row.size = size;
        row.createdAt = createdAt;
        return row;
    }
}
