package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.launch.ContainerState.MonitorDescriptors;
import org.jspecify.annotations.Nullable;

/** A spawned monitor whose pid 1 waits for the word to go. Not for use by more than one thread at a time. */
final class PreparedContainer implements Prepared {
    private final Kernel kernel;
    private final Launcher launcher;
    private final Resources resources;
    private final HostEnds ends;
    private final LaunchSpec spec;
    private final Spawn.Spawned monitor;
    private final StatusReader status;
    private final WordToGo word;
    private @Nullable ContainerState state;
    private @Nullable Fd pidfd;

    PreparedContainer(
            Kernel kernel,
            Launcher launcher,
            Resources resources,
            HostEnds ends,
            LaunchSpec spec,
            Assembler.Image image,
            Spawn.Spawned monitor) {
        this.kernel = kernel;
        this.launcher = launcher;
        this.resources = resources;
        this.ends = ends;
        this.spec = spec;
        this.monitor = monitor;
        this.status = new StatusReader(kernel, ends.kept(Descriptors.STATUS), image, spec.program());
        this.word = new WordToGo(kernel, launcher, ends, this::abandon);
    }

    /** Waits until the monitor has told the pid. */
    PreparedContainer awaitPid() {
        // The process may have failed and be gone before it was looked at: then it has told why
        word.prepare(this::learnPid, status::failure);
        return this;
    }

    private void learnPid() {
        int pid = status.awaitPid();
        pidfd = resources.untilFailure(Fd.own(kernel, kernel.pidfdOpen(pid)));
        state = new ContainerState(
                ProcessStat.identity(kernel, monitor.pid()),
                ProcessStat.identity(kernel, pid),
                descriptors(Descriptors.of(spec)),
                spec.exitFile().toString());
    }

    private MonitorDescriptors descriptors(Descriptors numbers) {
        return new MonitorDescriptors(
                numbers.number(Descriptors.OUTPUT),
                numbers.number(Descriptors.ERRORS),
                numbers.number(Descriptors.INPUT),
                numbers.number(Descriptors.INPUT_CLOSE),
                numbers.number(Descriptors.RELEASE),
                numbers.number(Descriptors.EXIT_READ),
                spec.stdio() instanceof Stdio.Terminal);
    }

    @Override
    public ContainerState state() {
        if (state == null) {
            throw new IllegalStateException("not prepared");
        }
        return state;
    }

    @Override
    public LaunchedContainer go() {
        return launcher.onThread(this::finish);
    }

    /** Says go and waits for the program to be executed. */
    LaunchedContainer finish() {
        return word.say(status, this::running);
    }

    private LaunchedContainer running() {
        if (pidfd == null) {
            throw new IllegalStateException("not prepared");
        }
        return new MonitoredContainer(kernel, launcher, state(), pidfd, stdio(), MonitorEnds.of(ends, monitor.pidfd()));
    }

    private StdioEnds stdio() {
        if (spec.stdio() instanceof Stdio.Terminal) {
            Fd master = ends.kept(Descriptors.OUTPUT);
            return StdioEnds.terminal(master, master);
        }
        return StdioEnds.pipes(ends);
    }

    @Override
    public void close() {
        word.withhold();
    }

    /** Ends both processes and waits for them, so that nothing is left when this returns. */
    private void abandon() {
        if (pidfd != null) {
            Signals.send(kernel, pidfd, Signals.SIGKILL);
        }
        Signals.release(kernel, ends.kept(Descriptors.RELEASE), monitor.pidfd());
        kernel.waitid(ProcessCalls.P_PIDFD, monitor.pidfd().number(), ProcessCalls.WEXITED);
        status.drain();
        resources.failed();
        Launch.deleteExitFile(spec.exitFile());
    }
}
