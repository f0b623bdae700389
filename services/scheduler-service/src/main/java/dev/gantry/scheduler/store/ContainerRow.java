package dev.gantry.scheduler.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;

/** A row of {@code container}. Read as an entity; changed by statements that name the version they were decided on. */
@Entity(name = "SchedulerContainer")
@Table(name = "container")
class ContainerRow {
    @Id
    String id = "";

    @Column(nullable = false)
    String name = "";

    @Column(nullable = false)
    String node = "";

    @Column(name = "image_id", nullable = false)
    String imageId = "";

    @Column(nullable = false)
    String phase = "";

    @Column(nullable = false)
    long version;

    @Column(nullable = false)
    byte[] image = {};

    @Column(nullable = false, columnDefinition = "jsonb")
    @ColumnTransformer(write = "?::jsonb")
    String spec = "";

    @Column(nullable = false, columnDefinition = "jsonb")
    @ColumnTransformer(write = "?::jsonb")
    String status = "";
}
