package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.O_CLOEXEC;
import static dev.gantry.linux.FileCalls.O_DIRECTORY;
import static dev.gantry.linux.FileCalls.O_PATH;
import static dev.gantry.linux.FileCalls.RESOLVE_IN_ROOT;
import static dev.gantry.linux.FileCalls.RESOLVE_NO_MAGICLINKS;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;

/** The files of a running container as its first process sees them, opened from outside. */
public final class ContainerRoot {
    private static final long DEVPTS_MAGIC = 0x1cd1;

    private ContainerRoot() {}

    /**
     * The root directory of a process, for paths to be resolved with RESOLVE_IN_ROOT.
     *
     * @param pidfd of the same process
     * @throws KernelException ESRCH when it has ended
     */
    public static Fd open(Kernel kernel, int pid, Fd pidfd) {
        Fd root;
        try {
            root = Fd.own(kernel, kernel.open("/proc/" + pid + "/root", O_PATH | O_DIRECTORY, 0));
        } catch (KernelException e) {
            if (e.is(Errno.ENOENT)) {
                throw new KernelException(Sys.PIDFD_SEND_SIGNAL, Errno.ESRCH, "process " + pid);
            }
            throw e;
        }
        try {
            // Asked after opening: if it is there now, the number was not another's when it was used
            kernel.pidfdSendSignal(pidfd.number(), 0);
            return root;
        } catch (KernelException e) {
            root.close();
            throw e;
        }
    }

    /**
     * The container's /dev/pts.
     *
     * @throws KernelException when there is no such directory; ENOTTY when something else lies there, for the container may have put
     *     a device of its choice in the way
     */
    public static Fd devpts(Kernel kernel, Fd root) {
        long resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
        Fd found =
                Fd.own(kernel, kernel.openat2(root.number(), "/dev/pts", O_PATH | O_DIRECTORY | O_CLOEXEC, 0, resolve));
        Out stat = Out.of(120);
        kernel.call(Sys.FSTATFS, found.number(), stat);
        if (stat.buffer().getLong(0) != DEVPTS_MAGIC) {
            found.close();
            throw new KernelException(Sys.OPENAT2, Errno.ENOTTY, "/dev/pts");
        }
        return found;
    }
}
