package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import java.util.Optional;

/**
 * A process in a container as its agent holds it, be it the container's first or an exec. Descriptors are non-blocking, owned by this object and
 * closed with it.
 */
public interface ContainerProcess extends AutoCloseable {
    /** Readable when it has ended. */
    Fd pidfd();

    /** The read end of its output, or the terminal's master; absent when nobody has it any more. End: EOF, with a terminal EIO. */
    Optional<Fd> stdout();

    /** The read end of its error output; absent with a terminal. */
    Optional<Fd> stderr();

    /** The write end of its input, or the terminal's master; absent when input is not open. */
    Optional<Fd> stdin();

    /** Whether its stdio is a terminal; false of one that was adopted without it. */
    boolean terminal();

    /** Ends its input; does nothing with a terminal. */
    void closeStdin();

    /** Sets the terminal's size; does nothing without one. */
    void resize(Stdio.WindowSize size);

    /** Sends it a signal; false when it has ended. */
    boolean signal(int signal);

    /** How it ended, or empty while it has not. Does not block; {@link Exit.Unknown} when nobody saw it and the kernel does not tell. */
    Optional<Exit> exit();

    /** Gives back the descriptors; the process is left alone. */
    @Override
    void close();
}
