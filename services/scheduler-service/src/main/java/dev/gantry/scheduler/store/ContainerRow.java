package dev.gantry.scheduler.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code container}. Only read as an entity: {@link ContainerRows} changes it by statements of its own. */
@Entity(name = "SchedulerContainer")
@Table(name = "container")
@Immutable
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
    String spec = "";

    @Column(nullable = false, columnDefinition = "jsonb")
    String status = "";
}
