package dev.gantry.scheduler.container;

/** How far a container's life has come. The constants' names are stored. */
public enum Phase {
    /** Never ran. */
    CREATED,
    /** Runs, or ran and ended: {@link Status#alive()} tells. */
    STARTED,
    /** Ended, and by its restart policy its agent starts it again after a pause. */
    RESTARTING,
    /** On its way out: its name and row are still there. */
    REMOVING
}
