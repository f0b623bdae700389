package dev.gantry.linux.launch;

import dev.gantry.linux.launch.ContainerState.ProcessIdentity;

/**
 * A process that joined a container. It has no monitor: with the agent go the other ends of its pipes, and its terminal is hung up; an
 * adopted one has none. A container's end waits for {@link #exit} being asked once the {@link #pidfd} says that this process has ended, so ask
 * at once. With a terminal {@link #stdin} is a second descriptor of its master.
 */
public interface LaunchedExec extends ContainerProcess {
    ProcessIdentity identity();
}
