package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the hold on a process is made of, be it a container's first or an exec: its stdio, its pidfd, its exit once known. */
abstract sealed class HeldProcess permits JoinedProcess, MonitoredContainer {
    final Kernel kernel;
    final Launcher launcher;
    private final int pid;
    private final Fd pidfd;
    private final StdioEnds stdio;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<Exit> known = Optional.empty();

    HeldProcess(Kernel kernel, Launcher launcher, int pid, Fd pidfd, StdioEnds stdio) {
        this.kernel = kernel;
        this.launcher = launcher;
        this.pid = pid;
        this.pidfd = pidfd;
        this.stdio = stdio;
        launcher.strays().spare(pid);
    }

    public final int pid() {
        return pid;
    }

    public final Fd pidfd() {
        return pidfd;
    }

    public final Optional<Fd> stdout() {
        return stdio.output();
    }

    public final Optional<Fd> stderr() {
        return stdio.errors();
    }

    public final Optional<Fd> stdin() {
        return stdio.input();
    }

    public final boolean terminal() {
        return stdio.terminal();
    }

    public void closeStdin() {
        stdio.closeInput();
    }

    public final void resize(Stdio.WindowSize size) {
        stdio.resize(kernel, size);
    }

    public final boolean signal(int signal) {
        return Signals.send(kernel, pidfd, signal);
    }

    public final synchronized Optional<Exit> exit() {
        if (known.isEmpty()) {
            known = findExit();
        }
        return known;
    }

    /** How it ended, while that is not known yet; with this object's lock held. */
    abstract Optional<Exit> findExit();

    public final void close() {
        if (closed.compareAndSet(false, true)) {
            launcher.strays().spareNoMore(pid);
            try {
                closeMore();
            } finally {
                stdio.close();
                pidfd.close();
            }
        }
    }

    /** Gives back what else there is, before stdio and pidfd. */
    void closeMore() {}
}
