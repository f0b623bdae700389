package dev.gantry.scheduler.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code owed_release}: a container that was removed without its node. */
@Entity(name = "SchedulerOwedRelease")
@Table(name = "owed_release")
class OwedReleaseRow {
    @Id
    String container = "";

    @Column(nullable = false)
    String node = "";

    @Column(nullable = false)
    long generation;
}
