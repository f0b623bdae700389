package dev.gantry.linux.launch;

import dev.gantry.linux.launch.ContainerState.ProcessIdentity;

/** A process in a container that waits for the word to go. Should this process die before, it ends by itself. */
public interface PreparedExec extends AutoCloseable {
    /** To be written down before {@link #go}. */
    ProcessIdentity identity();

    /**
     * Lets it execute its program. Once; afterwards {@link #close} does nothing.
     *
     * @throws LaunchFailure when the program cannot be executed; nothing is left then
     */
    LaunchedExec go();

    /** Gives it up. */
    @Override
    void close();
}
