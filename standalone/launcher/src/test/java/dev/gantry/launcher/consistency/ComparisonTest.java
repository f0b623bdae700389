package dev.gantry.launcher.consistency;

import static dev.gantry.launcher.consistency.World.ADDRESS;
import static dev.gantry.launcher.consistency.World.BLOB;
import static dev.gantry.launcher.consistency.World.JOB;
import static dev.gantry.launcher.consistency.World.MONITOR;
import static dev.gantry.launcher.consistency.World.PROCESS;
import static dev.gantry.launcher.consistency.World.STRANGER;
import static dev.gantry.launcher.consistency.World.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.rpc.HeldEndpoint;
import dev.gantry.contracts.rpc.HeldVolume;
import dev.gantry.contracts.rpc.HostedContainer;
import dev.gantry.contracts.rpc.ScheduledContainer;
import dev.gantry.contracts.rpc.StoredBlob;
import dev.gantry.contracts.rpc.VolumeReference;
import dev.gantry.launcher.consistency.KernelFacts.HostLink;
import dev.gantry.launcher.consistency.KernelFacts.HostProcess;
import dev.gantry.launcher.consistency.KernelFacts.Inside;
import dev.gantry.launcher.consistency.KernelFacts.LedPort;
import dev.gantry.launcher.consistency.KernelFacts.Listener;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonTest {
    private static Arguments when(String what, Consumer<World> change, String... found) {
        return Arguments.of(what, change, Set.of(found));
    }

    static Stream<Arguments> disagreements() {
        return Stream.of(lifecycle(), kernel(), network(), hostNetwork(), volumes(), images())
                .flatMap(several -> several);
    }

    private static Stream<Arguments> lifecycle() {
        return Stream.of(
                when("a service is silent", w -> w.silent.put(Store.VOLUME, "connection refused"), "silent"),
                when("the node is away", w -> w.ready = false, "node-away"),
                when("the agent never heard of it", w -> w.hosted.remove(JOB), "output-lost"),
                when(
                        "the scheduler believes that it runs",
                        w -> w.scheduled(JOB).setState("running"),
                        "not-running",
                        "endpoint-gone"),
                when(
                        "the scheduler has not heard of its start",
                        w -> w.scheduled(WEB).setState("exited"),
                        "running-unnoticed",
                        "endpoint-left",
                        "mounted-left"),
                when("they mean different runs", w -> w.scheduled(WEB).setRun(1), "other-run"),
                when("two have one name", w -> w.scheduled(JOB).setName("web"), "name-twice"),
                when(
                        "a container that nobody knows has files",
                        w -> w.hosted.put(
                                STRANGER,
                                HostedContainer.newBuilder().setId(STRANGER).setCleaned(true)),
                        "container-unknown"),
                when(
                        "a restart is announced and not due",
                        w -> w.scheduled(JOB).setState("restarting"),
                        "restart-forgotten"),
                when("an order is lost", w -> w.scheduled(JOB).addOpenOrders("start 2"), "order-unanswered"),
                when("a removal stands still", w -> w.scheduled(JOB).setState("removing"), "removal-stuck"),
                when("news is not passed on", w -> w.hosted(JOB).setUnacknowledged(2), "unacknowledged"),
                when("the agent is ahead", w -> w.hosted(JOB).setGeneration(9), "order-from-nobody"),
                when("it is given back", w -> w.hosted(JOB).setReleased(true), "released-early"));
    }

    private static Stream<Arguments> kernel() {
        return Stream.of(
                when("nobody waits for it", w -> w.hosted(WEB).setWatched(false), "not-watched"),
                when("its process is gone", w -> w.processes.remove(PROCESS), "process-gone"),
                when(
                        "its process is another one",
                        w -> w.process(new HostProcess(PROCESS, 11, false, Optional.of(WEB), false)),
                        "process-gone"),
                when(
                        "its process is a zombie",
                        w -> w.process(new HostProcess(PROCESS, 10, true, Optional.of(WEB), false)),
                        "process-gone"),
                when("its monitor is gone", w -> w.processes.remove(MONITOR), "monitor-gone"),
                when("its cgroup is gone", w -> w.cgroups.clear(), "cgroup-gone"),
                when(
                        "it is outside",
                        w -> w.process(new HostProcess(PROCESS, 10, false, Optional.empty(), false)),
                        "outside-its-cgroup"),
                when("an end is not cleaned up", w -> w.hosted(JOB).setCleaned(false), "not-cleaned"),
                when("a cgroup stays", w -> w.cgroups.add(JOB), "cgroup-left"),
                when(
                        "a process stays",
                        w -> w.process(new HostProcess(7, 1, false, Optional.of(STRANGER), false)),
                        "process-left"),
                when(
                        "a monitor stays",
                        w -> w.process(new HostProcess(7, 1, false, Optional.empty(), true)),
                        "monitor-left"),
                when("a mount stays", w -> w.mounts.add("/var/lib/x/agent/containers/y/mount-1"), "mount-left"),
                when(
                        "its root is another one's",
                        w -> w.inside = new Inside(
                                "overlay", "/x/containers/" + JOB + "/upper", w.inside.mounts(), w.inside.addresses()),
                        "other-root"),
                when(
                        "its volume is not mounted",
                        w -> w.inside = new Inside("overlay", "", List.of(), w.inside.addresses()),
                        "mount-gone"));
    }

    private static Stream<Arguments> network() {
        return Stream.of(
                when("its endpoint is gone", w -> w.endpoints.clear(), "endpoint-gone"),
                when(
                        "an endpoint outlives its container",
                        w -> w.endpoints.add(
                                HeldEndpoint.newBuilder().setContainer(JOB).setNetwork("bridge")),
                        "endpoint-left"),
                when(
                        "an endpoint belongs to nobody",
                        w -> w.endpoints.add(HeldEndpoint.newBuilder().setContainer(STRANGER)),
                        "endpoint-left"),
                when(
                        "two have one address",
                        w -> w.endpoints.add(HeldEndpoint.newBuilder()
                                .setContainer(JOB)
                                .setNode("here")
                                .setAddress(ADDRESS)),
                        "place-twice",
                        "endpoint-left"),
                when("the addresses differ", w -> w.endpoints.getFirst().setAddress("172.18.0.9"), "other-address"),
                when("the ports differ", w -> w.endpoints.getFirst().clearPorts(), "other-ports"));
    }

    private static Stream<Arguments> hostNetwork() {
        return Stream.of(
                when("the bridge is gone", w -> w.links.removeFirst(), "bridge-gone"),
                when("the link is gone", w -> w.links.removeLast(), "link-gone"),
                when(
                        "the link hangs elsewhere",
                        w -> w.links.set(2, new HostLink("veth1", "veth", WEB, "docker0")),
                        "link-gone"),
                when("a link stays", w -> w.links.add(new HostLink("veth2", "veth", JOB, "")), "link-left"),
                when(
                        "it has another address",
                        w -> w.inside = new Inside("overlay", w.inside.upper(), w.inside.mounts(), Set.of()),
                        "address-gone"),
                when("the table is gone", w -> w.table = Optional.empty(), "table-gone"),
                when("its port is not led", w -> w.table = Optional.of(List.of()), "port-gone"),
                when(
                        "its port leads elsewhere",
                        w -> w.table = Optional.of(List.of(new LedPort("tcp", "", 8080, "172.18.0.9", 80))),
                        "port-gone",
                        "port-left"),
                when("nobody listens", w -> w.listeners.clear(), "port-unbound"),
                when(
                        "somebody else listens",
                        w -> w.listeners.set(0, new Listener("tcp", 8080, false)),
                        "port-unbound"));
    }

    private static Stream<Arguments> volumes() {
        return Stream.of(
                when("its files are gone", w -> w.directories.clear(), "volume-files-gone"),
                when("files stay", w -> w.directories.add("old"), "volume-files-left"),
                when(
                        "a removal stands still",
                        w -> w.volumes.put(
                                "old", HeldVolume.newBuilder().setName("old").setRemoving(true)),
                        "volume-removal-stuck"),
                when("nobody refers to it", w -> w.references.clear(), "reference-gone"),
                when(
                        "nobody refers",
                        w -> w.references.add(VolumeReference.newBuilder()
                                .setContainer(STRANGER)
                                .setVolume("notes")),
                        "reference-left"),
                when(
                        "it counts as mounted for ever",
                        w -> w.references.add(VolumeReference.newBuilder()
                                .setContainer(JOB)
                                .setVolume("notes")
                                .setMounted(true)),
                        "mounted-left"),
                when(
                        "it does not count as mounted",
                        w -> w.references.getFirst().setMounted(false),
                        "mounted-unnoticed"),
                when(
                        "a volume is gone",
                        w -> {
                            w.volumes.clear();
                            w.directories.clear();
                        },
                        "reference-to-nothing"));
    }

    private static Stream<Arguments> images() {
        return Stream.of(
                when("a blob's file is gone", w -> w.blob(BLOB).setOnDisk(false), "blob-file-gone", "blob-gone"),
                when("a blob's row is gone", w -> w.blob(BLOB).setRecorded(false), "blob-file-left", "blob-gone"),
                when("a blob is gone", w -> w.blobs.clear(), "blob-gone"),
                when(
                        "a blob is of no use",
                        w -> w.blobs.put(
                                "sha256:x",
                                StoredBlob.newBuilder()
                                        .setDigest("sha256:x")
                                        .setRecorded(true)
                                        .setOnDisk(true)),
                        "blob-left"),
                when("a running one's layer is gone", w -> w.layers.clear(), "layer-gone"),
                when(
                        "a layer is nowhere",
                        w -> {
                            w.layers.clear();
                            w.blobs.clear();
                            w.images.clear();
                        },
                        "layer-gone",
                        "layer-nowhere"));
    }

    @Test
    void findsNothingWhereAllAgrees() {
        assertThat(new World().findings()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("disagreements")
    void findsJustWhatDisagrees(String what, Consumer<World> change, Set<String> found) {
        var world = new World();
        change.accept(world);

        assertThat(world.kinds()).isEqualTo(found);
    }

    @Test
    void doesNotMissWhatASilentStoreDidNotTell() {
        var world = new World();
        for (var store : Store.values()) {
            world.silent.put(store, "away");
        }

        assertThat(world.kinds()).containsOnly("silent");
    }

    @Test
    void leavesContainersOfOtherHostsToThose() {
        var world = new World();
        world.scheduled.put(
                STRANGER,
                ScheduledContainer.newBuilder()
                        .setId(STRANGER)
                        .setName("far")
                        .setNode("there")
                        .setState("exited")
                        .setRan(true));

        assertThat(world.findings()).isEmpty();
    }

    @Test
    void letsAnOrderTakeItsTime() {
        var world = new World();
        world.scheduled(WEB).addOpenOrders("stop 4");
        world.hosted(WEB).setGeneration(4).setOrdersOpen(true);
        world.scheduled(WEB).setGeneration(4);

        assertThat(world.findings()).isEmpty();
    }

    @Test
    void acceptsATargetBehindALinkOfTheImage() {
        var world = new World();
        world.inside = new Inside(
                "overlay",
                world.inside.upper(),
                List.of(new KernelFacts.InnerMount("/run/notes", "/elsewhere")),
                world.inside.addresses());

        assertThat(world.findings()).isEmpty();
    }

    @Test
    void saysWhereAndWhatToDoInOneLine() {
        var world = new World();
        world.processes.remove(PROCESS);

        assertThat(world.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.line())
                        .startsWith(
                                "container aaaaaaaaaaaa (web): process 100 of run 2 is gone; known to the agent; not to the"
                                        + " kernel; ")
                        .doesNotContain("\n"));
    }
}
