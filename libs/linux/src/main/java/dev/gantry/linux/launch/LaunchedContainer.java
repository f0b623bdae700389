package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;

/** A running container: its first process. Closing does not touch the container, which its monitor keeps. */
public interface LaunchedContainer extends ContainerProcess {
    ContainerState state();

    /** The host's pid of its first process. */
    int pid();

    /**
     * Readable when {@link #exit} has something to say, earlier than the pidfd of the monitor would be. An adopted container
     * without its monitor gives the pidfd of its first process here.
     */
    Fd exitReady();

    /** Ends its input, also the monitor's hold on it. Does nothing with a terminal. */
    @Override
    void closeStdin();

    /**
     * Gives back the descriptors. When it has ended, its monitor is let go too, and with it what nobody has read of the output: so
     * read to the end first. (Until then the monitor waits, also for an agent that is not there.)
     */
    @Override
    void close();
}
