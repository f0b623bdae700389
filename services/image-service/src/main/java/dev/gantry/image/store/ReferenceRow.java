package dev.gantry.image.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code reference}: a full name and the image it leads to. */
@Entity(name = "ImageReference")
@Table(name = "reference")
class ReferenceRow {
    @Id
    String name = "";

    @Column(name = "image_id", nullable = false)
    String imageId = "";

    @Column(name = "tagged_at", nullable = false)
    Instant taggedAt = Instant.EPOCH;
}
