package dev.gantry.scheduler.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;

/** A row of {@code node}: where its agent was last reached, and what it said of its host. */
@Entity(name = "SchedulerNode")
@Table(name = "node")
class NodeRow {
    @Id
    String name = "";

    @Column(nullable = false)
    String host = "";

    @Column(nullable = false)
    int port;

    @Column(nullable = false, columnDefinition = "jsonb")
    @ColumnTransformer(write = "?::jsonb")
    String facts = "{}";

    @Column(nullable = false)
    String boot = "";

    @Column(name = "seen_at", nullable = false)
    Instant seenAt = Instant.EPOCH;
}
