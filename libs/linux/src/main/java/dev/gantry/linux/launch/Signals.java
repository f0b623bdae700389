package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;

/** Signals to processes, which may be gone, and to whoever waits for an eventfd. */
final class Signals {
    static final int SIGKILL = 9;

    /** As the kernel and the walker's lists write it. */
    static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};

    private Signals() {}

    /** Adds one to an eventfd(2). */
    static void raise(Kernel kernel, Fd eventfd) {
        kernel.write(eventfd.number(), ONE);
    }

    /** Lets a monitor exit that has nothing more to do; one way or the other. */
    static void release(Kernel kernel, Fd eventfd, Fd monitor) {
        try {
            raise(kernel, eventfd);
        } catch (KernelException e) {
            send(kernel, monitor, SIGKILL);
        }
    }

    /** False when the process has ended. */
    static boolean send(Kernel kernel, Fd pidfd, int signal) {
        try {
            kernel.pidfdSendSignal(pidfd.number(), signal);
            return true;
        } catch (KernelException e) {
            if (e.is(Errno.ESRCH)) {
                return false;
            }
            throw e;
        }
    }
}
