package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Siginfo;
import java.util.Optional;

/** The agent's hold on a container. Its monitor is a child of this process, or of another, or gone. */
final class MonitoredContainer extends HeldProcess implements LaunchedContainer {
    private final ContainerState state;
    private final MonitorEnds monitor;
    private boolean monitored;

    MonitoredContainer(
            Kernel kernel, Launcher launcher, ContainerState state, Fd pidfd, StdioEnds stdio, MonitorEnds monitor) {
        super(kernel, launcher, state.process().pid(), pidfd, stdio);
        this.state = state;
        this.monitor = monitor;
        this.monitored = monitor.exit().isPresent();
    }

    @Override
    public ContainerState state() {
        return state;
    }

    @Override
    public synchronized Fd exitReady() {
        return monitored ? monitor.exit().orElse(pidfd()) : pidfd();
    }

    @Override
    public void closeStdin() {
        // The monitor holds a copy of the write end: it has to let go too
        monitor.inputClose().filter(Fd::isOpen).ifPresent(close -> {
            Signals.raise(kernel, close);
            close.close();
        });
        super.closeStdin();
    }

    @Override
    Optional<Exit> findExit() {
        // What the monitor told may have been read by a process that was killed before it wrote it down
        return fromMonitor()
                .or(() -> ExitRecord.file(kernel, state.exitFile()))
                .or(() -> monitored ? Optional.empty() : ExitRecord.process(kernel, pidfd(), state.process()));
    }

    /** Empty while it says nothing; the end of the pipe means that the monitor is gone. */
    private Optional<Exit> fromMonitor() {
        if (!monitored) {
            return Optional.empty();
        }
        byte[] siginfo = new byte[Siginfo.SIZE];
        try {
            int count = kernel.read(exitReady().number(), siginfo);
            if (count == Siginfo.SIZE) {
                return Optional.of(ExitRecord.exit(siginfo));
            }
            monitored = false;
            return Optional.empty();
        } catch (KernelException e) {
            if (e.is(Errno.EAGAIN)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    void closeMore() {
        try {
            if (exit().isPresent()) {
                monitor.process().ifPresent(this::bury);
            } else {
                monitor.process().ifPresent(Fd::close);
            }
        } finally {
            monitor.closePipes();
        }
    }

    /** It has told of the end and is about to exit: taking its namespaces down may take milliseconds. */
    private void bury(Fd process) {
        monitor.release().ifPresent(release -> Signals.release(kernel, release, process));
        launcher.later(() -> Children.bury(kernel, process));
    }
}
