package dev.gantry.linux.process;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;

/**
 * Moves bytes from a pipe to a file inside the kernel (splice(2)). Killed at any point, no byte is in neither place; a copy
 * through memory loses what it has read and not yet written.
 */
public final class Splice {
    private final Kernel kernel;

    public Splice(Kernel kernel) {
        this.kernel = kernel;
    }

    /** What a turn did. */
    public sealed interface Turn {
        /** So many bytes; more may wait. Zero: the pipe is empty for now. */
        record Moved(long bytes) implements Turn {}

        /** All writers are gone and the pipe is empty. */
        record End() implements Turn {}
    }

    /**
     * Moves at most {@code limit} bytes to {@code offset} of the file, which is opened for writing without O_APPEND. Does not
     * wait for the pipe; writing to the file may wait for its disk.
     */
    public Turn turn(Fd pipe, Fd file, long offset, int limit) {
        try {
            long moved = kernel.splice(
                    pipe.number(), file.number(), offset, limit, FileCalls.SPLICE_F_MOVE | FileCalls.SPLICE_F_NONBLOCK);
            return moved == 0 ? new Turn.End() : new Turn.Moved(moved);
        } catch (KernelException refused) {
            if (refused.is(Errno.EAGAIN)) {
                return new Turn.Moved(0);
            }
            throw refused;
        }
    }
}
