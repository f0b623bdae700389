package dev.gantry.agent.monitor;

import dev.gantry.agent.container.Container;

/** What follows the end of a run. */
public interface Sequel {
    /** Whether the container is to be started again, by what its journal says now. Asked before the end is recorded, which announces it. */
    boolean follows(Container container, int exitCode);

    /** The end is recorded and what the run used is given back: it may begin. */
    void begin(Container container);
}
