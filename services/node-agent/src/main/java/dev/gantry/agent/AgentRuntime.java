package dev.gantry.agent;

import dev.gantry.agent.adopt.Adoption;
import dev.gantry.agent.archive.Archives;
import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.container.Sweep;
import dev.gantry.agent.exec.Execs;
import dev.gantry.agent.layers.BlobSource;
import dev.gantry.agent.layers.LayerStore;
import dev.gantry.agent.layers.LayerSweep;
import dev.gantry.agent.monitor.Runs;
import dev.gantry.agent.network.ContainerNetworks;
import dev.gantry.agent.network.HostNetworks;
import dev.gantry.agent.observe.HostBoot;
import dev.gantry.agent.observe.HostFacts;
import dev.gantry.agent.observe.Observations;
import dev.gantry.agent.observe.ObserveStream;
import dev.gantry.agent.orders.Blocking;
import dev.gantry.agent.orders.Host;
import dev.gantry.agent.orders.Networking;
import dev.gantry.agent.orders.Orders;
import dev.gantry.agent.orders.Pauses;
import dev.gantry.agent.orders.ReleaseOrders;
import dev.gantry.agent.orders.SignalOrders;
import dev.gantry.agent.orders.StartOrders;
import dev.gantry.agent.orders.Updates;
import dev.gantry.agent.output.Outputs;
import dev.gantry.agent.output.Stdin;
import dev.gantry.agent.restart.Restarts;
import dev.gantry.agent.rootfs.OverlayDriver;
import dev.gantry.agent.rootfs.RootFilesystems;
import dev.gantry.agent.rootfs.UserLookup;
import dev.gantry.agent.server.AgentRpc;
import dev.gantry.agent.server.Inventory;
import dev.gantry.agent.server.VolumeCalls;
import dev.gantry.agent.usage.Usage;
import dev.gantry.agent.volumes.MountSources;
import dev.gantry.agent.volumes.VolumeDirectories;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.capability.CapabilitySet;
import dev.gantry.linux.cgroup.Cgroups;
import dev.gantry.linux.cgroup.HostCgroups;
import dev.gantry.linux.launch.Launcher;
import dev.gantry.linux.process.EpollLoop;
import dev.gantry.linux.process.NetnsPool;
import dev.gantry.service.rpc.InventoryRpc;
import io.grpc.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/** The agent without its framework: everything made and joined in one place, so that a test can run it as it is. */
public final class AgentRuntime implements AutoCloseable {
    private static final int BLOCKING_THREADS = 8;
    private static final int PARALLEL_LAYERS = 3;
    private static final int NETWORKS_READY = 4;

    /**
     * @param data {@code <data>} of the instance
     * @param run a directory that the next boot of the host does not find
     * @param cgroup below which cgroup the containers' groups are made; the nf_tables table and the links' aliases have its name too
     * @param host where scheduler and gateways reach this agent
     */
    public record Settings(Path data, Path run, String cgroup, String node, String host, int port) {
        /** On a host that boots no more. */
        public Settings(Path data, String cgroup, String node, String host, int port) {
            this(data, data.resolve("run"), cgroup, node, host, port);
        }

        Path containers() {
            return data.resolve("agent").resolve("containers");
        }

        /** Not below the agent's own: their users know them by this path. */
        Path volumes() {
            return data.resolve("volumes");
        }

        Path layers() {
            return data.resolve("agent").resolve("layers");
        }
    }

    private final HostBoot boot;
    private final EpollLoop exits;
    private final EpollLoop streams;
    private final NetnsPool namespaces;
    private final ContainerNetworks networks;
    private final Launcher launcher;
    private final Cgroups cgroups;
    private final LayerStore layers;
    private final Outputs outputs;
    private final Restarts restarts;
    private final Runs runs;
    private final StartOrders starts;
    private final Blocking blocking = new Blocking(BLOCKING_THREADS);
    private final Containers containers;
    private final Execs execs;
    private final Adoption adoption;
    private final Sweep sweep;
    private final LayerSweep layerSweep;
    private final ObserveStream stream;
    private final AgentRpc rpc;
    private final InventoryRpc inventory;

    /** One that keeps every layer. */
    public AgentRuntime(Settings settings, Kernel kernel, BlobSource blobs, Supplier<Channel> scheduler) {
        this(settings, kernel, blobs, Set::copyOf, scheduler);
    }

    public AgentRuntime(
            Settings settings, Kernel kernel, BlobSource blobs, LayerSweep.Images images, Supplier<Channel> scheduler) {
        boot = new HostBoot(settings.run());
        exits = EpollLoop.start(kernel, "exits");
        streams = EpollLoop.start(kernel, "streams"); // apart, so that busy output does not hold up an exit
        namespaces = NetnsPool.start(kernel, NETWORKS_READY);
        networks = new HostNetworks(kernel, namespaces, settings.cgroup());
        launcher = Launcher.create(kernel, namespaces);
        layers = new LayerStore(kernel, settings.layers(), blobs, PARALLEL_LAYERS);
        outputs = new Outputs(kernel, streams);
        containers = new Containers(settings.containers(), () -> new Stdin(kernel, streams));
        cgroups = HostCgroups.of(settings.cgroup());
        var observations = new Observations(containers);
        restarts = new Restarts(containers, new RestartEffects());
        runs = new Runs(kernel, exits, outputs, cgroups, networks, observations, restarts);
        var volumes = new VolumeDirectories(settings.volumes());
        var sources = new MountSources(kernel, volumes);
        var host = new Host(
                cgroups,
                layers,
                new RootFilesystems(new OverlayDriver(kernel), settings.containers()),
                new UserLookup(kernel),
                sources,
                launcher,
                CapabilitySet.effective(read("/proc/self/status")),
                read("/proc/sys/kernel/hostname").strip(),
                read("/proc/sys/kernel/random/boot_id").strip());
        execs = new Execs(kernel, containers, host, observations, exits, streams);
        adoption = new Adoption(containers, runs, execs, launcher, cgroups, networks, host.bootId());
        sweep = new Sweep(containers);
        layerSweep = new LayerSweep(layers, containers::layers, images);
        var networking = new Networking(kernel, networks, containers);
        starts = new StartOrders(blocking, host, networking, runs);
        var pauses = new Pauses(cgroups);
        rpc = new AgentRpc(
                containers,
                new Orders(
                        containers,
                        starts,
                        new SignalOrders(restarts, pauses),
                        new ReleaseOrders(blocking, host, networking),
                        pauses,
                        new Updates(cgroups)),
                execs,
                new Usage(containers, cgroups),
                new Archives(kernel, containers, host, volumes::make),
                new VolumeCalls(blocking, volumes, sources));
        var told = new Inventory(settings.node(), containers, host.roots(), layers, volumes);
        inventory = new InventoryRpc(() -> blocking.call(told::take));
        var facts = new HostFacts(
                settings.node(), settings.data(), cgroups, host.roots().driver());
        stream = new ObserveStream(
                scheduler,
                new ObserveStream.Introduction(settings.node(), settings.host(), settings.port(), boot, facts::read),
                observations);
    }

    /** Takes over what runs already, then tells the scheduler. Orders may be served when this returns. */
    public void start() {
        containers.load();
        boot.begin(() -> containers.all().forEach(runs::afterBoot));
        adoption.run();
        restarts.resume();
        sweep.start();
        layerSweep.start();
        stream.start();
    }

    public AgentRpc rpc() {
        return rpc;
    }

    public InventoryRpc inventory() {
        return inventory;
    }

    /** Nothing of it is used before everything is made. */
    private final class RestartEffects implements Restarts.Effects {
        @Override
        public Restarts.Attempt start(Container container, Order lastStart) throws InterruptedException {
            return starts.again(container, lastStart);
        }

        @Override
        public void notStarted(Container container, int exitCode, String why, boolean again) {
            runs.notStarted(container, exitCode, why, again);
        }

        @Override
        public void givenUp(Container container) {
            runs.restartGivenUp(container);
        }
    }

    /** Whether the scheduler knows of this node now. */
    public boolean connected() {
        return stream.connected();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Lets go of everything; the containers run on. */
    @Override
    public void close() {
        stream.close();
        restarts.close();
        sweep.close();
        layerSweep.close();
        streams.close();
        exits.close();
        outputs.close();
        execs.close();
        runs.close();
        blocking.close();
        layers.close();
        launcher.close();
        cgroups.removeMonitors();
        networks.close();
        namespaces.close();
    }
}
