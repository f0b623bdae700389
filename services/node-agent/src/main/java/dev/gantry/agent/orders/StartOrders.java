package dev.gantry.agent.orders;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Run;
import dev.gantry.agent.journal.Entry;
import dev.gantry.agent.journal.EpochNanos;
import dev.gantry.agent.journal.LaunchedProcess;
import dev.gantry.agent.layers.Layer;
import dev.gantry.agent.monitor.Runs;
import dev.gantry.agent.plan.LaunchPlan;
import dev.gantry.agent.plan.LimitsOf;
import dev.gantry.agent.plan.MountsOf;
import dev.gantry.agent.restart.Restarts;
import dev.gantry.agent.rootfs.Durability;
import dev.gantry.agent.rootfs.NameFiles;
import dev.gantry.agent.volumes.OpenMounts;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.contracts.rpc.StartOrder;
import dev.gantry.linux.Fd;
import dev.gantry.linux.cgroup.ContainerCgroup;
import dev.gantry.linux.launch.Exit;
import dev.gantry.linux.launch.LaunchFailure;
import dev.gantry.linux.launch.LaunchSpec;
import dev.gantry.linux.launch.LaunchedContainer;
import dev.gantry.linux.launch.NetworkNamespace;
import dev.gantry.linux.launch.Root;
import dev.gantry.oci.digest.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes a container run. */
public final class StartOrders {
    private static final Logger LOG = Logger.getLogger(StartOrders.class);
    private static final int OTHER_FAILURE = 128;
    private static final int SIGKILL = 9;

    private final Blocking blocking;
    private final Host host;
    private final Networking networking;
    private final Runs runs;

    public StartOrders(Blocking blocking, Host host, Networking networking, Runs runs) {
        this.blocking = blocking;
        this.host = host;
        this.networking = networking;
        this.runs = runs;
    }

    /** @throws StartFailure when it does not run; nothing that it made is left then */
    Outcome.Running start(Container container, Order order) throws InterruptedException {
        var times = new StepTimes();
        var layers = layers(container, order.getStart().getImage());
        times.step("layers");
        var running = blocking.call(() -> {
            container.transition().lock();
            try {
                container.run().ifPresent(run -> awaitEnd(container, run));
                times.step("wait");
                return attempt(container, order, layers, times);
            } finally {
                container.transition().unlock();
            }
        });
        times.step("close");
        LOG.debugf("container %s: start took %s", container.id(), times);
        return running;
    }

    /**
     * Starts it once more from the order of its last start, if that is still due when its turn has come.
     */
    public Restarts.Attempt again(Container container, Order order) throws InterruptedException {
        var times = new StepTimes();
        try {
            var layers = layers(container, order.getStart().getImage());
            return blocking.call(() -> {
                container.transition().lock();
                try {
                    return isDue(container)
                            ? started(attempt(container, order, layers, times))
                            : new Restarts.Attempt.NotDue();
                } finally {
                    container.transition().unlock();
                }
            });
        } catch (StartFailure failure) {
            return new Restarts.Attempt.Failed(
                    failure.exitCode(), String.valueOf(failure.error().getMessage()));
        }
    }

    private static boolean isDue(Container container) {
        var restart = container.journal().state().restart();
        return container.run().isEmpty() && restart.due() && !restart.stopped();
    }

    private static Restarts.Attempt started(Outcome.Running process) {
        LOG.debugf("started again as process %d", process.getPid());
        return new Restarts.Attempt.Started();
    }

    /** Before anything is held: fetching may take minutes. */
    private List<Path> layers(Container container, ResolvedImage image) throws InterruptedException {
        try {
            return host.layers()
                    .ensure(image.getLayersList().stream()
                            .map(layer -> new Layer(
                                    Digest.parse(layer.getDiffId()), Digest.parse(layer.getDigest()), layer.getSize()))
                            .toList());
        } catch (RuntimeException e) {
            endSessions(container);
            throw failure(container, e);
        }
    }

    /** Whoever attached before a start that failed has nothing to wait for. */
    private static void endSessions(Container container) {
        container.stdin().end();
        container.spool().end(container.journal().state().run(), EpochNanos.now());
    }

    /** A process whose end is known is about to be cleaned up; one that runs is in the way. */
    private static void awaitEnd(Container container, Run run) {
        if (!container.journal().state().exited()) {
            throw ErrorCode.CONFLICT.with("container " + container.id() + " is running");
        }
        Blocking.join(run.ended());
    }

    private Outcome.Running attempt(Container container, Order order, List<Path> layers, StepTimes times) {
        var undo = new Undo();
        try {
            return launch(container, order, layers, undo, times);
        } catch (RuntimeException e) {
            if (undo.run()) {
                container.journal().append(new Entry.Cleaned());
            }
            endSessions(container);
            throw failure(container, e);
        }
    }

    private Outcome.Running launch(Container container, Order order, List<Path> layers, Undo undo, StepTimes times) {
        var plan = plan(container, order.getStart());
        undo.add("cgroup of " + container.id(), () -> host.cgroups().remove(container.id()));
        var cgroup = blocking.begin(() -> host.cgroups().create(container.id(), LimitsOf.hostConfig(plan.host())));
        undo.add("network of " + container.id(), () -> networking.leave(container));
        var network = blocking.begin(() -> networking.join(container, order.getStart()));
        times.step("plan");
        try {
            var root = root(container, plan, layers);
            try (var mounts = host.mounts().open(root, plan.mounts())) {
                times.step("root");
                var spec = spec(container, plan, root, mounts, Blocking.join(cgroup), Blocking.join(network));
                times.step("spec");
                return launch(container, order, spec, plan.host().memory() > 0, undo, times);
            } finally {
                blocking.later(root::close); // giving back a mount's descriptor may wait for other processors
            }
        } finally {
            // also when it failed half way: what is made after it was undone would stay
            cgroup.exceptionally(_ -> null).join();
            network.thenAccept(Networking::close).exceptionally(_ -> null).join();
        }
    }

    private LaunchPlan plan(Container container, StartOrder start) {
        return new LaunchPlan(
                container.id(),
                DockerJson.read(start.getConfig().toByteArray(), ContainerConfig.class),
                DockerJson.read(start.getHostConfig().toByteArray(), HostConfig.class),
                start.getNetwork(),
                start.getMountsList(),
                host.capabilities(),
                host.hostname());
    }

    private Fd root(Container container, LaunchPlan plan, List<Path> layers) {
        var durability = plan.host().autoRemove() ? Durability.EPHEMERAL : Durability.DURABLE;
        return host.roots().prepare(container.id(), layers, durability);
    }

    private LaunchSpec spec(
            Container container,
            LaunchPlan plan,
            Fd root,
            OpenMounts mounts,
            ContainerCgroup cgroup,
            NetworkNamespace network) {
        var config = plan.config();
        var groups = Optional.ofNullable(plan.host().groupAdd()).orElse(List.of());
        var user = host.users().find(root, config.user(), groups);
        var prepared = new LaunchPlan.Prepared(
                new Root.Detached(root, plan.host().readonlyRootfs()),
                user,
                Optional.of(cgroup.entry()),
                network,
                nameFiles(container, plan),
                MountsOf.of(plan.mounts(), mounts),
                exitFile(container));
        return plan.spec(prepared).withMonitorCgroup(host.cgroups().monitors());
    }

    /** Whoever shares a network has the names of the one it belongs to. */
    private Map<String, Path> nameFiles(Container container, LaunchPlan plan) {
        return plan.network().getMode() == NetworkPlan.Mode.SHARED
                ? NameFiles.of(networking.directoryOf(plan.network().getContainer()))
                : NameFiles.write(container.directory(), plan.names());
    }

    private static Path exitFile(Container container) {
        return container.directory().resolve("exit");
    }

    private Outcome.Running launch(
            Container container, Order order, LaunchSpec spec, boolean memoryLimited, Undo undo, StepTimes times) {
        var run = container.journal().state().run() + 1;
        try (var prepared = host.launcher().prepare(spec)) {
            times.step("prepare");
            var launched = new LaunchedProcess(
                    order.getGeneration(), run, prepared.state(), host.bootId(), EpochNanos.now(), memoryLimited);
            undo.add("journalled launch", () -> container.journal().append(new Entry.Undone()));
            container.journal().append(new Entry.Launched(launched));
            container.spool().begin(run, launched.startedAt());
            times.step("journal");
            var process = prepared.go();
            times.step("go");
            undo.add("process of " + container.id(), () -> {
                container.run(Optional.empty());
                runs.discard(process);
            });
            return running(container, launched, process, undo, times);
        }
    }

    private Outcome.Running running(
            Container container, LaunchedProcess launched, LaunchedContainer process, Undo undo, StepTimes times) {
        runs.started(container, launched);
        undo.add(
                "start that was told of",
                () -> runs.report(container, launched.run(), launched.generation(), new Exit.Signal(SIGKILL, false)));
        runs.watch(container, launched, process);
        times.step("watch");
        LOG.infof("container %s run %d started as process %d", container.id(), launched.run(), process.pid());
        return Outcome.Running.newBuilder()
                .setPid(process.pid())
                .setStartedAt(launched.startedAt())
                .build();
    }

    private static StartFailure failure(Container container, RuntimeException cause) {
        return switch (cause) {
            case LaunchFailure launch -> new StartFailure(error(launch), launch.exitCode());
            case GantryException known -> new StartFailure(known, OTHER_FAILURE);
            default -> {
                LOG.errorf(cause, "container %s did not start", container.id());
                yield failed(cause);
            }
        };
    }

    private static StartFailure failed(RuntimeException cause) {
        return new StartFailure(
                ErrorCode.START_FAILED.with(String.valueOf(cause.getMessage())).causedBy(cause), OTHER_FAILURE);
    }

    private static GantryException error(LaunchFailure failure) {
        var code = switch (failure.reason()) {
            case NOT_FOUND -> ErrorCode.EXECUTABLE_NOT_FOUND;
            case NOT_EXECUTABLE -> ErrorCode.EXECUTABLE_NOT_STARTED;
            case OTHER -> ErrorCode.START_FAILED;
        };
        return new GantryException(code, "failed to create task for container: " + failure.getMessage());
    }
}
