package dev.gantry.launcher.consistency;

import dev.gantry.contracts.rpc.AgentHost;
import dev.gantry.contracts.rpc.BridgePlan;
import dev.gantry.contracts.rpc.EndpointPlan;
import dev.gantry.contracts.rpc.HeldEndpoint;
import dev.gantry.contracts.rpc.HeldImage;
import dev.gantry.contracts.rpc.HeldVolume;
import dev.gantry.contracts.rpc.HostedContainer;
import dev.gantry.contracts.rpc.InventoryFact;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.PortPlan;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.contracts.rpc.ScheduledContainer;
import dev.gantry.contracts.rpc.ScheduledNode;
import dev.gantry.contracts.rpc.StoredBlob;
import dev.gantry.contracts.rpc.UnpackedLayer;
import dev.gantry.contracts.rpc.VolumeOnDisk;
import dev.gantry.contracts.rpc.VolumeReference;
import dev.gantry.launcher.consistency.KernelFacts.HostLink;
import dev.gantry.launcher.consistency.KernelFacts.HostProcess;
import dev.gantry.launcher.consistency.KernelFacts.InnerMount;
import dev.gantry.launcher.consistency.KernelFacts.Inside;
import dev.gantry.launcher.consistency.KernelFacts.LedPort;
import dev.gantry.launcher.consistency.KernelFacts.Listener;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A host on which all agrees: {@code web} runs on the bridge with a port and a volume, {@code job} has ended. A test takes something away, or puts
 * something in, and looks what is found.
 */
final class World {
    static final String WEB = "a".repeat(64);
    static final String JOB = "b".repeat(64);
    static final String STRANGER = "c".repeat(64);
    static final String LAYER = "sha256:" + "1".repeat(64);
    static final String BLOB = "sha256:" + "2".repeat(64);
    static final String ADDRESS = "172.18.0.2";
    static final int PROCESS = 100;
    static final int MONITOR = 99;

    final Map<String, ScheduledContainer.Builder> scheduled = new HashMap<>();
    final Map<String, HostedContainer.Builder> hosted = new HashMap<>();
    final List<HeldEndpoint.Builder> endpoints = new ArrayList<>();
    final Map<String, HeldVolume.Builder> volumes = new HashMap<>();
    final List<VolumeReference.Builder> references = new ArrayList<>();
    final List<String> directories = new ArrayList<>(List.of("notes"));
    final List<String> layers = new ArrayList<>(List.of(LAYER));
    final Map<String, StoredBlob.Builder> blobs = new HashMap<>();
    final List<HeldImage.Builder> images = new ArrayList<>();
    final Map<Store, String> silent = new EnumMap<>(Store.class);
    final Map<Integer, HostProcess> processes = new HashMap<>();
    final Set<String> cgroups = new HashSet<>(Set.of(WEB));
    final List<String> mounts = new ArrayList<>();
    final List<HostLink> links = new ArrayList<>();
    final List<Listener> listeners = new ArrayList<>(List.of(new Listener("tcp", 8080, true)));
    Optional<List<LedPort>> table = Optional.of(List.of(new LedPort("tcp", "", 8080, ADDRESS, 80)));
    Inside inside = new Inside(
            "overlay",
            "/var/lib/x/agent/containers/" + WEB + "/rootfs/upper",
            List.of(new InnerMount("/notes", "/var/lib/x/volumes/notes/_data")),
            Set.of(ADDRESS));
    boolean ready = true;

    World() {
        var image = ResolvedImage.newBuilder()
                .addLayers(ResolvedImage.Layer.newBuilder().setDiffId(LAYER).setDigest(BLOB))
                .build();
        images.add(HeldImage.newBuilder()
                .setId("sha256:image")
                .addReferences("busybox:latest")
                .addAllLayers(image.getLayersList()));
        blobs.put(
                BLOB,
                StoredBlob.newBuilder()
                        .setDigest(BLOB)
                        .setSize(7)
                        .setRecorded(true)
                        .setOnDisk(true));
        web(image);
        job(image);
        kernel();
    }

    private void web(ResolvedImage image) {
        scheduled.put(
                WEB,
                ScheduledContainer.newBuilder()
                        .setId(WEB)
                        .setName("web")
                        .setNode("here")
                        .setState("running")
                        .setGeneration(3)
                        .setRun(2)
                        .setPid(PROCESS)
                        .setJoined(true)
                        .setNetworkMode("bridge")
                        .setImage(image)
                        .addVolumes("notes")
                        .setRan(true));
        hosted.put(
                WEB,
                HostedContainer.newBuilder()
                        .setId(WEB)
                        .setGeneration(3)
                        .setRun(2)
                        .setRunning(true)
                        .setWatched(true)
                        .setPid(PROCESS)
                        .setStartTime(10)
                        .setMonitorPid(MONITOR)
                        .setMonitorStartTime(9)
                        .setNetwork(network())
                        .addMounts(MountPlan.newBuilder()
                                .setType("volume")
                                .setSource("notes")
                                .setTarget("/notes"))
                        .setImage(image)
                        .setHasRoot(true)
                        .setHasOutput(true));
        endpoints.add(HeldEndpoint.newBuilder()
                .setContainer(WEB)
                .setNode("here")
                .setNetwork("bridge")
                .setAddress(ADDRESS)
                .addPorts(port("0.0.0.0"))
                .addPorts(port("::")));
        volumes.put("notes", HeldVolume.newBuilder().setName("notes").setNode("here"));
        references.add(VolumeReference.newBuilder()
                .setContainer(WEB)
                .setVolume("notes")
                .setDestination("/notes")
                .setMounted(true));
    }

    private static NetworkPlan network() {
        return NetworkPlan.newBuilder()
                .setMode(NetworkPlan.Mode.BRIDGED)
                .addEndpoints(EndpointPlan.newBuilder()
                        .setAddress(ADDRESS + "/16")
                        .setBridge(BridgePlan.newBuilder().setName("x0")))
                .addPorts(port(""))
                .build();
    }

    private static PortPlan port(String host) {
        return PortPlan.newBuilder()
                .setProtocol("tcp")
                .setHostAddress(host)
                .setHostPort(8080)
                .setContainerPort(80)
                .build();
    }

    private void job(ResolvedImage image) {
        scheduled.put(
                JOB,
                ScheduledContainer.newBuilder()
                        .setId(JOB)
                        .setName("job")
                        .setNode("here")
                        .setState("exited")
                        .setGeneration(1)
                        .setRun(1)
                        .setNetworkMode("bridge")
                        .setImage(image)
                        .setRan(true));
        hosted.put(
                JOB,
                HostedContainer.newBuilder()
                        .setId(JOB)
                        .setGeneration(1)
                        .setRun(1)
                        .setCleaned(true)
                        .setPid(50)
                        .setMonitorPid(49)
                        .setNetwork(network())
                        .setImage(image)
                        .setHasRoot(true)
                        .setHasOutput(true));
    }

    private void kernel() {
        process(new HostProcess(PROCESS, 10, false, Optional.of(WEB), false));
        process(new HostProcess(MONITOR, 9, false, Optional.empty(), true));
        process(new HostProcess(1, 1, false, Optional.empty(), false));
        links.add(new HostLink("x0", "bridge", "bridge", ""));
        links.add(new HostLink("docker0", "bridge", "", ""));
        links.add(new HostLink("veth1", "veth", WEB, "x0"));
    }

    ScheduledContainer.Builder scheduled(String id) {
        return Objects.requireNonNull(scheduled.get(id));
    }

    HostedContainer.Builder hosted(String id) {
        return Objects.requireNonNull(hosted.get(id));
    }

    StoredBlob.Builder blob(String digest) {
        return Objects.requireNonNull(blobs.get(digest));
    }

    void process(HostProcess process) {
        processes.put(process.pid(), process);
    }

    List<Finding> findings() {
        Map<Store, List<InventoryFact>> told = new EnumMap<>(Store.class);
        told.put(Store.SCHEDULER, scheduler());
        told.put(
                Store.NETWORK,
                endpoints.stream()
                        .map(e -> InventoryFact.newBuilder().setEndpoint(e).build())
                        .toList());
        told.put(Store.VOLUME, volumes());
        told.put(
                Store.IMAGE,
                images.stream()
                        .map(i -> InventoryFact.newBuilder().setImage(i).build())
                        .toList());
        told.put(
                Store.REGISTRY,
                blobs.values().stream()
                        .map(b -> InventoryFact.newBuilder().setBlob(b).build())
                        .toList());
        told.put(Store.AGENT, agent());
        told.keySet().removeAll(silent.keySet());
        return Comparison.of(new Facts(
                "here",
                told,
                silent,
                new KernelFacts(
                        List.copyOf(processes.values()),
                        cgroups,
                        mounts,
                        Map.of(WEB, inside),
                        links,
                        table,
                        listeners)));
    }

    private List<InventoryFact> scheduler() {
        var facts = new ArrayList<InventoryFact>();
        facts.add(InventoryFact.newBuilder()
                .setNode(ScheduledNode.newBuilder().setName("here").setReady(ready))
                .build());
        scheduled
                .values()
                .forEach(container -> facts.add(
                        InventoryFact.newBuilder().setScheduled(container).build()));
        return facts;
    }

    private List<InventoryFact> volumes() {
        var facts = new ArrayList<InventoryFact>();
        volumes.values()
                .forEach(volume ->
                        facts.add(InventoryFact.newBuilder().setVolume(volume).build()));
        references.forEach(reference ->
                facts.add(InventoryFact.newBuilder().setReference(reference).build()));
        return facts;
    }

    private List<InventoryFact> agent() {
        var facts = new ArrayList<InventoryFact>();
        facts.add(InventoryFact.newBuilder()
                .setHost(AgentHost.newBuilder().setNode("here"))
                .build());
        hosted.values()
                .forEach(container -> facts.add(
                        InventoryFact.newBuilder().setHosted(container).build()));
        layers.forEach(layer -> facts.add(InventoryFact.newBuilder()
                .setLayer(UnpackedLayer.newBuilder().setDiffId(layer))
                .build()));
        directories.forEach(name -> facts.add(InventoryFact.newBuilder()
                .setVolumeOnDisk(VolumeOnDisk.newBuilder().setName(name))
                .build()));
        return facts;
    }

    /** The kinds of what is found. */
    Set<String> kinds() {
        return findings().stream().map(Finding::kind).collect(Collectors.toSet());
    }
}
