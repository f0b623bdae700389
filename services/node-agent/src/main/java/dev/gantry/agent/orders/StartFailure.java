package dev.gantry.agent.orders;

import dev.gantry.contracts.error.GantryException;

/** A container that did not start, and the exit code that Docker shows for it. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient GantryException error;
    private final int exitCode;

    StartFailure(GantryException error, int exitCode) {
        super(error.getMessage(), error);
        this.error = error;
        this.exitCode = exitCode;
    }

    GantryException error() {
        return error;
    }

    int exitCode() {
        return exitCode;
    }
}
