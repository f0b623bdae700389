package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.launch.ContainerState.ProcessIdentity;
import dev.gantry.linux.launch.JoinedProcess.Ends;
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
    private Spawn.@Nullable Spawned first;
    private @Nullable StatusReader status;
    private @Nullable Fd pidfd;
    private @Nullable ProcessIdentity identity;
    private boolean done;

    ExecLaunch(Kernel kernel, Launcher launcher, ExecSpec spec) {
        this.kernel = kernel;
        this.launcher = launcher;
        this.spec = spec;
        this.ends = new HostEnds(kernel, resources);
        this.descriptors = Descriptors.of(spec);
    }

    /** Leaves nothing behind when it fails. */
    ExecLaunch prepare() {
        try {
            ends.open(spec);
            ends.given().put(Descriptors.CONTAINER, spec.container().number());
            ends.group(Descriptors.CGROUP, spec.cgroup());
            ends.group(Descriptors.MONITOR_CGROUP, spec.birth());
            Assembler.Image image = Assembler.assemble(ExecList.of(spec), Walker.LIST_ADDRESS);
            status = new StatusReader(kernel, ends.kept(Descriptors.STATUS), image, spec.program());
            List<Integer> sources =
                    descriptors.names().stream().map(ends.given()::get).toList();
            int birth = descriptors.groupDirectory(Descriptors.MONITOR_CGROUP, spec.birth());
            OptionalInt group = birth < 0 ? OptionalInt.empty() : OptionalInt.of(sources.get(birth));
            first = new Spawn(kernel, resources).spawn(NAME, sources, image, group);
            resources.spawned();
            awaitSecond(status);
            return this;
        } catch (KernelException e) {
            LaunchFailure told = told(e);
            abandon();
            throw told;
        } catch (RuntimeException e) {
            abandon();
            throw e;
        }
    }

    private void awaitSecond(StatusReader from) {
        int pid = from.awaitPid();
        launcher.strays().spare(pid);
        pidfd = resources.untilFailure(Fd.own(kernel, kernel.pidfdOpen(pid)));
        identity = ProcessStat.identity(kernel, pid);
    }

    private LaunchFailure told(KernelException e) {
        return Optional.ofNullable(status).flatMap(StatusReader::failure).orElseGet(() -> LaunchFailure.of(e));
    }

    @Override
    public ProcessIdentity identity() {
        if (identity == null) {
            throw new IllegalStateException("not prepared");
        }
        return identity;
    }

    @Override
    public LaunchedExec go() {
        return launcher.onThread(this::finish);
    }

    private LaunchedExec finish() {
        if (done || pidfd == null || status == null || first == null) {
            throw new IllegalStateException("given up or gone before");
        }
        try {
            sayGo();
            status.awaitEnd().ifPresent(failure -> {
                throw failure;
            });
            Ends kept = kept();
            done = true;
            ends.kept(Descriptors.STATUS).close();
            Fd told = first.pidfd();
            launcher.later(() -> bury(told));
            return new JoinedProcess(kernel, launcher, identity(), pidfd, kept);
        } catch (KernelException e) {
            abandon();
            throw LaunchFailure.of(e);
        } catch (LaunchFailure e) {
            abandon();
            throw e;
        }
    }

    private void sayGo() {
        try (Fd go = ends.kept(Descriptors.GO)) {
            kernel.write(go.number(), new byte[] {1});
        } catch (KernelException e) {
            if (!e.is(Errno.EPIPE)) { // it was killed with its container
                throw e;
            }
        }
    }

    private Ends kept() {
        if (spec.stdio() instanceof ExecStdio.Terminal) {
            Fd master = ends.kept(Descriptors.OUTPUT);
            // A number of its own, so that reading and writing can be waited for apart
            int input = kernel.fcntl(master.number(), FileCalls.F_DUPFD_CLOEXEC, 0);
            return new Ends(Optional.of(master), Optional.empty(), Optional.of(Fd.own(kernel, input)), true);
        }
        return new Ends(end(Descriptors.OUTPUT), end(Descriptors.ERRORS), end(Descriptors.INPUT), false);
    }

    private Optional<Fd> end(String name) {
        return ends.has(name) ? Optional.of(ends.kept(name)) : Optional.empty();
    }

    @Override
    public void close() {
        if (!done) {
            launcher.onThread(() -> {
                abandon();
                return this;
            });
        }
    }

    /** Ends both processes and waits for them, so that nothing is left when this returns. */
    private void abandon() {
        if (done) {
            return;
        }
        done = true;
        if (ends.has(Descriptors.GO)) {
            ends.kept(Descriptors.GO).close();
        }
        if (first != null) {
            bury(first.pidfd());
        }
        if (pidfd != null) {
            Signals.send(kernel, pidfd, Signals.SIGKILL);
            bury(pidfd);
        }
        if (identity != null) {
            launcher.strays().spareNoMore(identity.pid());
        }
        resources.failed();
    }

    private void bury(Fd process) {
        try (process) {
            kernel.waitid(ProcessCalls.P_PIDFD, process.number(), ProcessCalls.WEXITED);
        } catch (KernelException e) {
            if (!e.is(Errno.ECHILD)) {
                throw e;
            }
        }
    }
}
