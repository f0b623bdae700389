package dev.gantry.launcher.supervision;

/** Where a supervised part stands. */
public enum State {
    /** Not begun, or waiting for its turn. */
    WAITING,
    /** Runs, but does not answer yet. */
    STARTING,
    READY,
    /** Has ended; will be started again after a pause. */
    BACKOFF,
    STOPPED
}
