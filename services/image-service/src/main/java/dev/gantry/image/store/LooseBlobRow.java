package dev.gantry.image.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code loose_blob}: a blob that no committed image may need. */
@Entity(name = "LooseBlob")
@Table(name = "loose_blob")
class LooseBlobRow {
    @Id
    String digest = "";

    @Column(name = "image_id", nullable = false)
    String imageId = "";

    @Column(nullable = false)
    Instant since = Instant.EPOCH;
}
