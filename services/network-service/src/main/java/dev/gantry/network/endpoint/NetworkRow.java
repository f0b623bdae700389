package dev.gantry.network.endpoint;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code network}. */
@Entity(name = "NetworkNetwork")
@Table(name = "network")
class NetworkRow {
    @Id
    String id = "";

    @Column(nullable = false)
    String name = "";

    @Column(nullable = false)
    String driver = "";

    @Column(name = "created_at", nullable = false)
    long createdAt;

    @Column(nullable = false)
    String subnet = "";

    @Column(nullable = false)
    long version;

    @Column(name = "last_event", nullable = false)
    long lastEvent;
}
