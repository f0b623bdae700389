package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Out;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.Siginfo;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.util.Optional;

/** Reads how a container ended, from wherever it is written. */
final class ExitRecord {
    private static final int PIDFD_GET_INFO = 0xc040ff0b;
    private static final int PIDFD_INFO_SIZE = 64;
    private static final int PIDFD_INFO_EXIT_CODE = 60;
    private static final long PIDFD_INFO_EXIT = 8;

    private ExitRecord() {}

    /** The monitor's file: empty while nothing was written. */
    static Optional<Exit> file(Kernel kernel, String path) {
        try (Fd file = Fd.own(kernel, kernel.open(path, FileCalls.O_RDONLY, 0))) {
            byte[] bytes = new byte[Siginfo.SIZE];
            return kernel.pread(file.number(), bytes, 0) == Siginfo.SIZE ? Optional.of(exit(bytes)) : Optional.empty();
        } catch (KernelException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Asks the kernel, when the monitor is gone: the container became our child, or somebody else's.
     *
     * @return empty while it runs, Unknown when it has ended and the kernel does not tell how
     */
    static Optional<Exit> process(Kernel kernel, Fd pidfd, ProcessIdentity process) {
        try {
            Siginfo info =
                    kernel.waitid(ProcessCalls.P_PIDFD, pidfd.number(), ProcessCalls.WEXITED | ProcessCalls.WNOHANG);
            return info.signal() == 0 ? Optional.empty() : Optional.of(exit(info));
        } catch (KernelException e) {
            if (e.is(Errno.ECHILD)) {
                return stranger(kernel, pidfd, process);
            }
            throw e;
        }
    }

    private static Optional<Exit> stranger(Kernel kernel, Fd pidfd, ProcessIdentity process) {
        if (!ProcessStat.exists(kernel, process)) {
            return Optional.of(buried(kernel, pidfd));
        }
        return ProcessStat.zombieStatus(kernel, process.pid()).map(ExitRecord::status);
    }

    /** Since kernel 6.15 a pidfd remembers how its process ended, once that was waited for (PIDFD_GET_INFO). */
    private static Exit buried(Kernel kernel, Fd pidfd) {
        Out info = Out.of(PIDFD_INFO_SIZE);
        info.buffer().putLong(0, PIDFD_INFO_EXIT);
        try {
            kernel.ioctl(pidfd.number(), PIDFD_GET_INFO, info);
        } catch (KernelException e) {
            return new Exit.Unknown(); // ENOTTY, EINVAL or ESRCH: an older kernel
        }
        boolean told = (info.buffer().getLong(0) & PIDFD_INFO_EXIT) != 0;
        return told ? status(info.buffer().getInt(PIDFD_INFO_EXIT_CODE)) : new Exit.Unknown();
    }

    /** A wait status, as wait(2) gives it. */
    static Exit status(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? new Exit.Code(status >> 8 & 0xff) : new Exit.Signal(signal, (status & 0x80) != 0);
    }

    static Exit exit(byte[] siginfo) {
        return exit(Siginfo.parse(siginfo));
    }

    private static Exit exit(Siginfo info) {
        return switch (info.code()) {
            case Siginfo.CLD_EXITED -> new Exit.Code(info.status());
            case Siginfo.CLD_KILLED -> new Exit.Signal(info.status(), false);
            case Siginfo.CLD_DUMPED -> new Exit.Signal(info.status(), true);
            default -> new Exit.Unknown();
        };
    }
}
