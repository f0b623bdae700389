package dev.gantry.linux.launch;

/** A container that waits for the word to go. */
public interface Prepared extends AutoCloseable {
    /** To be written down before {@link #go}. */
    ContainerState state();

    /**
     * Lets it execute its program. Once; afterwards {@link #close} does nothing.
     *
     * @throws LaunchFailure when the program cannot be executed; nothing is left then
     */
    LaunchedContainer go();

    /** Gives it up: its processes end, everything is released. */
    @Override
    void close();
}
