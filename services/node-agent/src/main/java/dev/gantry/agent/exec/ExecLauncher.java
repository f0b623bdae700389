package dev.gantry.agent.exec;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Run;
import dev.gantry.agent.journal.Entry;
import dev.gantry.agent.journal.ExecRecord;
import dev.gantry.agent.orders.Host;
import dev.gantry.agent.plan.ExecPlan;
import dev.gantry.agent.plan.LaunchPlan;
import dev.gantry.agent.rootfs.ContainerUser;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.ExecOpen;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.cgroup.ContainerCgroup;
import dev.gantry.linux.launch.ContainerRoot;
import dev.gantry.linux.launch.ExecSpec;
import dev.gantry.linux.launch.ExecStdio;
import dev.gantry.linux.launch.LaunchFailure;
import dev.gantry.linux.launch.LaunchedExec;
import dev.gantry.linux.launch.Program;
import dev.gantry.linux.launch.Stdio;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** From a request to a running process. The work, which blocks, is done on platform threads of its own; callers wait. */
final class ExecLauncher implements AutoCloseable {
    private final Kernel kernel;
    private final Host host;
    private final ExecFacts facts;

    /** Apart from the orders' threads: a container that is stopped in its tracks may hold one up. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("exec-", 0).factory());

    ExecLauncher(Kernel kernel, Host host, ExecFacts facts) {
        this.kernel = kernel;
        this.host = host;
        this.facts = facts;
    }

    /** @throws dev.gantry.contracts.error.GantryException when the container has no such user */
    void checkUser(Container container, Run run, CreateExecRequest request) {
        var _ = onThread(() -> findUser(container, run, request));
    }

    private ContainerUser findUser(Container container, Run run, CreateExecRequest request) {
        try (var pidfd = pidfd(container, run);
                var root = root(container, run, pidfd)) {
            return user(root, new ExecPlan(plan(container), request));
        }
    }

    /** Journals it and tells of it before its program runs, so that its end is told in any case. */
    LaunchedExec launch(Container container, Run run, ExecRecord exec, ExecOpen open) {
        return onThread(() -> launchHere(container, run, exec, open));
    }

    private <T> T onThread(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    private LaunchedExec launchHere(Container container, Run run, ExecRecord exec, ExecOpen open) {
        var plan = new ExecPlan(plan(container), exec.request());
        try (var pidfd = pidfd(container, run);
                var root = root(container, run, pidfd)) {
            var program = plan.program(user(root, plan));
            if (!exec.request().getTty()) {
                return launch(container, exec, spec(container, program, pidfd, pipes(exec.request(), open)));
            }
            try (var devpts = ContainerRoot.devpts(kernel, root)) {
                var terminal = new ExecStdio.Terminal(size(exec.request(), open), devpts);
                return launch(container, exec, spec(container, program, pidfd, terminal));
            }
        } catch (KernelException e) {
            throw e.is(Errno.ESRCH)
                    ? ErrorCode.NOT_RUNNING.with(container.id())
                    : ErrorCode.EXEC_FAILED.with(String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    private LaunchedExec launch(Container container, ExecRecord exec, ExecSpec spec) {
        try (var prepared = host.launcher().prepare(spec)) {
            container
                    .journal()
                    .append(new Entry.ExecLaunched(
                            exec.id(), new ExecRecord.Launched(prepared.identity(), host.bootId())));
            facts.started(container, exec);
            return prepared.go();
        } catch (LaunchFailure e) {
            if (e.errno() == Errno.ESRCH) { // there are no namespaces to join any more
                throw ErrorCode.NOT_RUNNING.with(container.id()).causedBy(e);
            }
            throw e;
        }
    }

    private ExecSpec spec(Container container, Program program, Fd pidfd, ExecStdio stdio) {
        var group = host.cgroups().find(container.id()).map(ContainerCgroup::entry);
        return new ExecSpec(program, pidfd, group, host.cgroups().monitors(), stdio);
    }

    /** What nobody will read is not made: such a process does not depend on this one. */
    private static ExecStdio pipes(CreateExecRequest request, ExecOpen open) {
        var attached = !open.getDetach();
        return new ExecStdio.Pipes(
                attached && request.getStdin(), attached && request.getStdout(), attached && request.getStderr());
    }

    private static Stdio.WindowSize size(CreateExecRequest request, ExecOpen open) {
        return open.getHeight() > 0 && open.getWidth() > 0
                ? new Stdio.WindowSize(open.getHeight(), open.getWidth())
                : new Stdio.WindowSize(request.getHeight(), request.getWidth());
    }

    private ContainerUser user(Fd root, ExecPlan plan) {
        return host.users().find(root, plan.user(), plan.groups());
    }

    private Fd pidfd(Container container, Run run) {
        return run.pidfd(kernel).orElseThrow(() -> ErrorCode.NOT_RUNNING.with(container.id()));
    }

    private Fd root(Container container, Run run, Fd pidfd) {
        try {
            return ContainerRoot.open(kernel, run.pid(), pidfd);
        } catch (KernelException e) {
            if (e.is(Errno.ESRCH)) {
                throw ErrorCode.NOT_RUNNING.with(container.id()).causedBy(e);
            }
            throw e;
        }
    }

    /** What the container's first process was made from. */
    private LaunchPlan plan(Container container) {
        var start = container
                .journal()
                .state()
                .start()
                .orElseThrow(() -> ErrorCode.NOT_RUNNING.with(container.id()))
                .getStart();
        return new LaunchPlan(
                container.id(),
                DockerJson.read(start.getConfig().toByteArray(), ContainerConfig.class),
                DockerJson.read(start.getHostConfig().toByteArray(), HostConfig.class),
                start.getNetwork(),
                start.getMountsList(),
                host.capabilities(),
                host.hostname());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
