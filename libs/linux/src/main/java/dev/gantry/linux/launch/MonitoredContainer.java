package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.Siginfo;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The agent's hold on a container. Its monitor is a child of this process, or of another, or gone. */
final class MonitoredContainer implements LaunchedContainer {
    private final Kernel kernel;
    private final Launcher launcher;
    private final ContainerState state;
    private final ContainerEnds ends;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<Exit> known = Optional.empty();
    private boolean monitored;

    MonitoredContainer(Kernel kernel, Launcher launcher, ContainerState state, ContainerEnds ends) {
        this.kernel = kernel;
        this.launcher = launcher;
        this.state = state;
        this.ends = ends;
        this.monitored = ends.exit().isPresent();
        launcher.strays().spare(pid());
    }

    @Override
    public ContainerState state() {
        return state;
    }

    @Override
    public int pid() {
        return state.process().pid();
    }

    @Override
    public Fd pidfd() {
        return ends.pidfd();
    }

    @Override
    public synchronized Fd exitReady() {
        return monitored ? ends.exit().orElse(ends.pidfd()) : ends.pidfd();
    }

    @Override
    public Optional<Fd> stdout() {
        return ends.output();
    }

    @Override
    public Optional<Fd> stderr() {
        return ends.errors();
    }

    @Override
    public Optional<Fd> stdin() {
        return state.descriptors().terminal() ? ends.output() : ends.input();
    }

    @Override
    public void closeStdin() {
        // The monitor holds a copy of the write end: it has to let go too
        ends.inputClose().filter(Fd::isOpen).ifPresent(close -> {
            Signals.raise(kernel, close);
            close.close();
        });
        ends.input().ifPresent(Fd::close);
    }

    @Override
    public void resize(Stdio.WindowSize size) {
        if (state.descriptors().terminal()) {
            ends.output().ifPresent(master -> HostEnds.resize(kernel, master.number(), size));
        }
    }

    @Override
    public boolean signal(int signal) {
        return Signals.send(kernel, ends.pidfd(), signal);
    }

    @Override
    public synchronized Optional<Exit> exit() {
        if (known.isEmpty() && monitored) {
            known = fromMonitor();
        }
        if (known.isEmpty() && monitored) {
            // What the monitor told may have been read by a process that was killed before it wrote it down
            known = ExitRecord.file(kernel, state.exitFile());
        }
        if (known.isEmpty() && !monitored) {
            known = ExitRecord.file(kernel, state.exitFile())
                    .or(() -> ExitRecord.process(kernel, ends.pidfd(), state.process()));
        }
        return known;
    }

    /** Empty while it says nothing; the end of the pipe means that the monitor is gone. */
    private Optional<Exit> fromMonitor() {
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
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        launcher.strays().spareNoMore(pid());
        try {
            if (exit().isPresent()) {
                ends.monitor().ifPresent(this::bury);
            } else {
                ends.monitor().ifPresent(Fd::close);
            }
        } finally {
            ends.closePipes();
            ends.pidfd().close();
        }
    }

    private void bury(Fd monitor) {
        ends.release().ifPresent(release -> Signals.release(kernel, release, monitor));
        launcher.later(() -> reap(monitor));
    }

    /** Its monitor has told of the end and is about to exit: taking its namespaces down may take milliseconds. */
    private void reap(Fd monitor) {
        try (monitor) {
            kernel.waitid(ProcessCalls.P_PIDFD, monitor.number(), ProcessCalls.WEXITED);
        } catch (KernelException e) {
            if (!e.is(Errno.ECHILD)) { // the child of another process, or reaped
                throw e;
            }
        }
    }
}
