package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.Siginfo;
import java.util.Optional;

/** Reads how a container ended, from wherever it is written. */
final class ExitRecord {
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
     * Asks the kernel, when the monitor is gone and the container became our child.
     *
     * @return empty while it runs, Unknown when it has ended and is not ours
     */
    static Optional<Exit> child(Kernel kernel, Fd pidfd) {
        try {
            Siginfo info =
                    kernel.waitid(ProcessCalls.P_PIDFD, pidfd.number(), ProcessCalls.WEXITED | ProcessCalls.WNOHANG);
            return info.signal() == 0 ? Optional.empty() : Optional.of(exit(info));
        } catch (KernelException e) {
            if (e.is(Errno.ECHILD)) {
                return Signals.send(kernel, pidfd, 0) ? Optional.empty() : Optional.of(new Exit.Unknown());
            }
            throw e;
        }
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
