package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.launch.ContainerState.MonitorDescriptors;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.util.Optional;

/** Takes over what another process started: the monitor's descriptors are copied back by pidfd_getfd(2). */
final class Adoption {
    private final Kernel kernel;
    private final Launcher launcher;

    Adoption(Kernel kernel, Launcher launcher) {
        this.kernel = kernel;
        this.launcher = launcher;
    }

    Adopted of(ContainerState state) {
        Optional<Fd> process = open(state.process());
        return open(state.monitor())
                .flatMap(monitor -> monitored(state, monitor, process))
                .or(() -> process.map(orphan -> running(state, orphan, StdioEnds.NONE, MonitorEnds.NONE)))
                .orElseGet(() -> new Adopted.Ended(
                        ExitRecord.file(kernel, state.exitFile()).orElse(new Exit.Unknown())));
    }

    /** Nothing when the monitor is only a zombie. */
    private Optional<Adopted> monitored(ContainerState state, Fd monitor, Optional<Fd> process) {
        // The first process may be gone while its monitor still waits to be released
        Fd pidfd = process.orElseGet(() -> duplicate(monitor));
        try {
            MonitorDescriptors numbers = state.descriptors();
            return Optional.of(running(state, pidfd, stdio(monitor, numbers), ends(monitor, numbers)));
        } catch (KernelException e) {
            monitor.close();
            if (!e.is(Errno.ESRCH) || process.isEmpty()) {
                pidfd.close();
            }
            if (!e.is(Errno.ESRCH)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Adopted running(ContainerState state, Fd pidfd, StdioEnds stdio, MonitorEnds monitor) {
        return new Adopted.Running(new MonitoredContainer(kernel, launcher, state, pidfd, stdio, monitor));
    }

    private Fd duplicate(Fd fd) {
        return Fd.own(kernel, kernel.fcntl(fd.number(), Kernel.F_DUPFD_CLOEXEC, 0));
    }

    private StdioEnds stdio(Fd monitor, MonitorDescriptors numbers) {
        Optional<Fd> output = take(monitor, numbers.stdout());
        Optional<Fd> input = numbers.terminal() ? output : take(monitor, numbers.stdin());
        return new StdioEnds(output, take(monitor, numbers.stderr()), input, numbers.terminal());
    }

    private MonitorEnds ends(Fd monitor, MonitorDescriptors numbers) {
        return new MonitorEnds(
                Optional.of(monitor),
                take(monitor, numbers.exit()),
                take(monitor, numbers.inputClose()),
                take(monitor, numbers.release()));
    }

    private Optional<Fd> take(Fd monitor, int number) {
        if (number < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Fd.own(kernel, kernel.pidfdGetfd(monitor.number(), number)));
        } catch (KernelException e) {
            if (e.is(Errno.EBADF)) { // let go of before: input that was closed
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A pidfd of the very process, or nothing when it is gone. */
    Optional<Fd> open(ProcessIdentity process) {
        try {
            Fd pidfd = Fd.own(kernel, kernel.pidfdOpen(process.pid()));
            // Looked at after opening: if it is the right one now, the pidfd is of the right one
            if (ProcessStat.exists(kernel, process)) {
                return Optional.of(pidfd);
            }
            pidfd.close();
            return Optional.empty();
        } catch (KernelException e) {
            if (e.is(Errno.ESRCH)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
