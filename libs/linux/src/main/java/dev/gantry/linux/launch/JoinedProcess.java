package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A {@link LaunchedExec}: a child of this process, or one of another that was adopted. */
final class JoinedProcess implements LaunchedExec {
    private final Kernel kernel;
    private final Launcher launcher;
    private final ProcessIdentity identity;
    private final Fd pidfd;
    private final Ends ends;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<Exit> known = Optional.empty();

    /** Its stdio on this side. */
    record Ends(Optional<Fd> output, Optional<Fd> errors, Optional<Fd> input, boolean terminal) {
        static final Ends NONE = new Ends(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    JoinedProcess(Kernel kernel, Launcher launcher, ProcessIdentity identity, Fd pidfd, Ends ends) {
        this.kernel = kernel;
        this.launcher = launcher;
        this.identity = identity;
        this.pidfd = pidfd;
        this.ends = ends;
    }

    @Override
    public ProcessIdentity identity() {
        return identity;
    }

    @Override
    public Fd pidfd() {
        return pidfd;
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
        return ends.input();
    }

    @Override
    public boolean terminal() {
        return ends.terminal();
    }

    @Override
    public void closeStdin() {
        if (!ends.terminal()) {
            ends.input().ifPresent(Fd::close);
        }
    }

    @Override
    public void resize(Stdio.WindowSize size) {
        if (ends.terminal()) {
            ends.output().filter(Fd::isOpen).ifPresent(master -> HostEnds.resize(kernel, master.number(), size));
        }
    }

    @Override
    public boolean signal(int signal) {
        return Signals.send(kernel, pidfd, signal);
    }

    @Override
    public synchronized Optional<Exit> exit() {
        if (known.isEmpty()) {
            known = ExitRecord.process(kernel, pidfd, identity);
        }
        return known;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            launcher.strays().spareNoMore(identity.pid());
            Stream.of(ends.output(), ends.errors(), ends.input()).forEach(fd -> fd.ifPresent(Fd::close));
            pidfd.close();
        }
    }
}
