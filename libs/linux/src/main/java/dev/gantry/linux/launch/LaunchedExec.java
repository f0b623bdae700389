package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.util.Optional;

/**
 * A process that joined a container, as its agent holds it. Descriptors are non-blocking, owned by this object and closed with it. It
 * has no monitor: with the agent go the other ends of its pipes, and its terminal is hung up.
 */
public interface LaunchedExec extends AutoCloseable {
    ProcessIdentity identity();

    /** Readable when it has ended. A container's end waits for {@link #exit} being asked then, so ask at once. */
    Fd pidfd();

    /** The read end of its output, or the terminal's master; absent when there is none, and of an adopted one. End: EOF, with a terminal EIO. */
    Optional<Fd> stdout();

    /** The read end of its error output. */
    Optional<Fd> stderr();

    /** The write end of its input; with a terminal a second descriptor of its master. */
    Optional<Fd> stdin();

    boolean terminal();

    /** Ends its input; does nothing with a terminal. */
    void closeStdin();

    /** Sets the terminal's size; does nothing without one. */
    void resize(Stdio.WindowSize size);

    /** False when it has ended. */
    boolean signal(int signal);

    /** How it ended, or empty while it has not; {@link Exit.Unknown} when the kernel does not tell. Does not block. */
    Optional<Exit> exit();

    /** Gives back the descriptors; the process is left alone. */
    @Override
    void close();
}
