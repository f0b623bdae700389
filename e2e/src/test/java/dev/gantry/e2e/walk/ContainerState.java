package dev.gantry.e2e.walk;

/**
 * A container as its users know it.
 *
 * @param exit the exit code of the last run; 0 where there was none
 * @param runs how often its program began
 */
record ContainerState(Status status, int exit, int runs) {
    enum Status {
        ABSENT,
        CREATED,
        RUNNING,
        EXITED
    }

    static final ContainerState NOWHERE = new ContainerState(Status.ABSENT, 0, 0);

    ContainerState running() {
        return new ContainerState(Status.RUNNING, 0, runs + 1);
    }

    ContainerState exited(int code) {
        return new ContainerState(Status.EXITED, code, runs);
    }

    boolean is(Status other) {
        return status == other;
    }
}
