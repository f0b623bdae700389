package dev.gantry.scheduler.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.mount.PlannedMount;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ClaimVolumes;
import dev.gantry.contracts.rpc.HostPaths;
import dev.gantry.contracts.rpc.ImageQuery;
import dev.gantry.contracts.rpc.ImagesGrpc;
import dev.gantry.contracts.rpc.LeaveNetwork;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.contracts.rpc.NetworksGrpc;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.PlanMounts;
import dev.gantry.contracts.rpc.ReleaseMounts;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.contracts.rpc.UnmountVolumes;
import dev.gantry.contracts.rpc.VolumesGrpc;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.lifecycle.Ports;
import dev.gantry.scheduler.node.NodeRegistry;
import dev.gantry.service.rpc.Peers;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.Channel;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The other services, by gRPC. */
@ApplicationScoped
class Remotes implements Ports {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** A release may delete what was in volumes. */
    private static final Duration VOLUMES = Duration.ofMinutes(2);

    /** An agent that was killed is back long before, on the busiest of hosts. */
    private static final Duration LOST_AFTER = Duration.ofSeconds(30);

    private final Peers peers;
    private final NodeRegistry nodes;

    Remotes(Peers peers, NodeRegistry nodes) {
        this.peers = peers;
        this.nodes = nodes;
    }

    @Override
    public ResolvedImage resolve(String reference, String platform) {
        var query = ImageQuery.newBuilder()
                .setReference(reference)
                .setPlatform(platform)
                .build();
        return call(
                "image",
                () -> ImagesGrpc.newBlockingStub(channel(Role.IMAGE))
                        .withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                        .resolve(query));
    }

    @Override
    public Joined join(Container container) {
        var joined = call(
                "network",
                () -> NetworksGrpc.newBlockingStub(channel(Role.NETWORK))
                        .withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                        .join(JoinRequest.of(container)));
        return new Joined(joined.getPlan(), DockerJson.read(joined.getSettings().toByteArray(), NetworkSettings.class));
    }

    @Override
    public void leave(Container container) {
        var request = LeaveNetwork.newBuilder().setContainer(container.id()).build();
        call(
                "network",
                () -> NetworksGrpc.newBlockingStub(channel(Role.NETWORK))
                        .withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                        .leave(request));
    }

    @Override
    public List<String> missing(String name, List<String> paths) {
        var node = nodes.get(name);
        var request = HostPaths.newBuilder().addAllPaths(paths).build();
        return call(
                        "the agent of " + name,
                        () -> AgentGrpc.newBlockingStub(peers.agent(Role.SCHEDULER, name, node.host(), node.port()))
                                .withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                                .findMissing(request))
                .getPathsList();
    }

    @Override
    public List<PlannedMount> claim(String container, String node, List<PlannedMount> wanted) {
        var request = ClaimVolumes.newBuilder().setContainer(container).setNode(node);
        wanted.forEach(mount -> request.addVolumes(MountRequest.claim(mount)));
        var made = call("volume", () -> volumes().claim(request.build())).getVolumesList();
        return IntStream.range(0, wanted.size())
                .mapToObj(i ->
                        wanted.get(i).made(made.get(i).getDriver(), made.get(i).getMountpoint()))
                .toList();
    }

    /** volume-service is asked only for containers that have volumes: most have none, and starts are counted in milliseconds. */
    @Override
    public List<MountPlan> plan(Container container) {
        var asked = container.spec().volumes();
        var planned = asked.isEmpty() ? List.<MountPlan>of() : planned(container, asked);
        return MountRequest.plans(container.spec(), planned);
    }

    private List<MountPlan> planned(Container container, List<PlannedMount> mounts) {
        var request = PlanMounts.newBuilder()
                .setContainer(container.id())
                .setNode(container.node())
                .setMounts(json(mounts))
                .build();
        return call("volume", () -> volumes().plan(request)).getMountsList();
    }

    @Override
    public void unmount(Container container) {
        if (!container.spec().volumes().isEmpty()) {
            var request =
                    UnmountVolumes.newBuilder().setContainer(container.id()).build();
            call("volume", () -> volumes().unmount(request));
        }
    }

    @Override
    public void release(Container container) {
        if (!container.spec().volumes().isEmpty()) {
            var request = ReleaseMounts.newBuilder()
                    .setContainer(container.id())
                    .setRemoveAnonymous(container.status().removeVolumes())
                    .build();
            call("volume", () -> volumes().release(request));
        }
    }

    private VolumesGrpc.VolumesBlockingStub volumes() {
        return VolumesGrpc.newBlockingStub(channel(Role.VOLUME))
                .withDeadlineAfter(VOLUMES.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Outcome apply(String name, Order order, Duration limit) {
        var node = nodes.get(name);
        try {
            return call(
                    "the agent of " + name,
                    () -> AgentGrpc.newBlockingStub(peers.agent(Role.SCHEDULER, name, node.host(), node.port()))
                            .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS)
                            .apply(order));
        } catch (GantryException e) {
            throw e.code() == ErrorCode.SERVICE_AWAY
                    ? ErrorCode.NODE_AWAY
                            .with(name, String.valueOf(e.getMessage()))
                            .causedBy(e)
                    : e;
        }
    }

    @Override
    public boolean nodeReady(String node) {
        return nodes.ready(node);
    }

    @Override
    public boolean awaitNode(String node, Duration limit) throws InterruptedException {
        return nodes.awaitReady(node, limit);
    }

    @Override
    public boolean awaitReturn(String node) throws InterruptedException {
        return nodes.awaitReady(node, LOST_AFTER.minus(nodes.away(node)));
    }

    private Channel channel(Role peer) {
        return peers.channel(Role.SCHEDULER, peer);
    }

    private static <T> T call(String peer, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw RpcErrors.from(e, peer);
        }
    }

    private static ByteString json(Object document) {
        return ByteString.copyFrom(DockerJson.write(document));
    }
}
