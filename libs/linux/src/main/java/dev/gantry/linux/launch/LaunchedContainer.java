package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import java.util.Optional;

/**
 * A running container as its agent holds it. Descriptors are non-blocking, owned by this object and closed with it; closing
 * does not touch the container, which its monitor keeps.
 */
public interface LaunchedContainer extends AutoCloseable {
    ContainerState state();

    /** The host's pid of its first process. */
    int pid();

    /** A pidfd of its first process: readable when that ended. */
    Fd pidfd();

    /**
     * Readable when {@link #exit} has something to say, earlier than the pidfd of the monitor would be. An adopted container
     * without its monitor gives the pidfd of its first process here.
     */
    Fd exitReady();

    /** The read end of its output, or the terminal's master; absent when its monitor is gone. End: EOF, with a terminal EIO. */
    Optional<Fd> stdout();

    /** The read end of its error output; absent with a terminal. */
    Optional<Fd> stderr();

    /** The write end of its input, or the terminal's master; absent when input is not open. */
    Optional<Fd> stdin();

    /** Ends its input, also the monitor's hold on it. Does nothing with a terminal. */
    void closeStdin();

    /** Sets the terminal's size; does nothing without one. */
    void resize(Stdio.WindowSize size);

    /** Sends a signal to its first process; false when that has ended. */
    boolean signal(int signal);

    /** How it ended, or empty while it has not. Does not block; {@link Exit.Unknown} when nobody saw it. */
    Optional<Exit> exit();

    /**
     * Gives back the descriptors. When it has ended, its monitor is let go too, and with it what nobody has read of the output: so
     * read to the end first. (Until then the monitor waits, also for an agent that is not there.)
     */
    @Override
    void close();
}
