package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.ProcessCalls;

/** Processes that end, or have ended, and must be waited for. */
final class Children {
    private Children() {}

    /** Waits for its end and closes the pidfd; the child of another process, or one that was waited for before, is only closed. */
    static void bury(Kernel kernel, Fd pidfd) {
        try (pidfd) {
            kernel.waitid(ProcessCalls.P_PIDFD, pidfd.number(), ProcessCalls.WEXITED);
        } catch (KernelException e) {
            if (!e.is(Errno.ECHILD)) {
                throw e;
            }
        }
    }
}
