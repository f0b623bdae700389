package dev.gantry.image.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;

/** A row of {@code image}. */
@Entity(name = "Image")
@Table(name = "image")
class ImageRow {
    @Id
    String id = "";

    @Column(nullable = false)
    byte[] config = {};

    @Column(nullable = false, columnDefinition = "jsonb")
    @ColumnTransformer(write = "?::jsonb")
    String document = "";
}
