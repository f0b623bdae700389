package dev.gantry.volume.store;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A row of {@code reference}. */
@Entity(name = "VolumeReference")
@Table(name = "reference")
class ReferenceRow {
    /** A container mounts at most one volume at one place. */
    @Embeddable
    record Key(@Column(name = "container_id") String containerId, String destination) {}

    @EmbeddedId
    Key key = new Key("", "");

    @Column(nullable = false)
    String volume = "";

    @Column(nullable = false)
    boolean anonymous;

    @Column(nullable = false)
    boolean mounted;

    @Column(name = "claimed_at", nullable = false)
    long claimedAt;
}
