package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One launch of a process into a running container, from its pipes to its program. Not for more than one thread at a time. */
final class ExecLaunch implements PreparedExec {
    private static final String NAME = "gantry-exec";

    private final Kernel kernel;
    private final Launcher launcher;
    private final ExecSpec spec;
    private final Resources resources = new Resources();
    private final HostEnds ends;
    private final Descriptors descriptors;
    private final WordToGo word;
    private Spawn.@Nullable Spawned first;
    private @Nullable StatusReader status;
    private @Nullable Fd pidfd;
    private @Nullable ProcessIdentity identity;

    ExecLaunch(Kernel kernel, Launcher launcher, ExecSpec spec) {
        this.kernel = kernel;
        this.launcher = launcher;
        this.spec = spec;
        this.ends = new HostEnds(kernel, resources);
        this.descriptors = Descriptors.of(spec);
        this.word = new WordToGo(kernel, launcher, ends, this::abandon);
    }

    /** Leaves nothing behind when it fails. */
    ExecLaunch prepare() {
        word.prepare(this::spawn, () -> Optional.ofNullable(status).flatMap(StatusReader::failure));
        return this;
    }

    private void spawn() {
        ends.open(spec);
        ends.given().put(Descriptors.CONTAINER, spec.container().number());
        ends.group(Descriptors.CGROUP, spec.cgroup());
        ends.group(Descriptors.MONITOR_CGROUP, spec.birth());
        Assembler.Image image = Assembler.assemble(ExecList.of(spec), Walker.LIST_ADDRESS);
        StatusReader reader = new StatusReader(kernel, ends.kept(Descriptors.STATUS), image, spec.program());
        status = reader;
        List<Integer> sources =
                descriptors.names().stream().map(ends.given()::get).toList();
        first = new Spawn(kernel, resources).spawn(NAME, sources, image, group(sources));
        resources.spawned();
        awaitSecond(reader);
    }

    /** The version 2 group that it is born in: the container's own, where that is one. */
    private OptionalInt group(List<Integer> sources) {
        int container = descriptors.groupDirectory(Descriptors.CGROUP, spec.cgroup());
        int birth = descriptors.groupDirectory(Descriptors.MONITOR_CGROUP, spec.birth());
        int group = container >= 0 ? container : birth;
        return group < 0 ? OptionalInt.empty() : OptionalInt.of(sources.get(group));
    }

    private void awaitSecond(StatusReader from) {
        int pid = from.awaitPid();
        launcher.strays().spare(pid);
        pidfd = resources.untilFailure(Fd.own(kernel, kernel.pidfdOpen(pid)));
        identity = ProcessStat.identity(kernel, pid);
    }

    @Override
    public ProcessIdentity identity() {
        return prepared(identity);
    }

    private static <T> T prepared(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not prepared");
        }
        return part;
    }

    @Override
    public LaunchedExec go() {
        return launcher.onThread(() -> word.say(prepared(status), this::running));
    }

    private LaunchedExec running() {
        StdioEnds kept = stdio();
        Fd told = prepared(first).pidfd();
        launcher.later(() -> Children.bury(kernel, told));
        return new JoinedProcess(kernel, launcher, identity(), prepared(pidfd), kept);
    }

    private StdioEnds stdio() {
        if (spec.stdio() instanceof ExecStdio.Terminal) {
            Fd master = ends.kept(Descriptors.OUTPUT);
            // A number of its own, so that reading and writing can be waited for apart
            int input = kernel.fcntl(master.number(), FileCalls.F_DUPFD_CLOEXEC, 0);
            return StdioEnds.terminal(master, Fd.own(kernel, input));
        }
        return StdioEnds.pipes(ends);
    }

    @Override
    public void close() {
        word.withhold();
    }

    /** Ends both processes and waits for them, so that nothing is left when this returns. */
    private void abandon() {
        if (first != null) {
            Children.bury(kernel, first.pidfd());
        }
        if (pidfd != null) {
            Signals.send(kernel, pidfd, Signals.SIGKILL);
            Children.bury(kernel, pidfd);
        }
        if (identity != null) {
            launcher.strays().spareNoMore(identity.pid());
        }
        resources.failed();
    }
}
