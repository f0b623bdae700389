package dev.gantry.volume.rpc;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.AgentGrpc.AgentBlockingStub;
import dev.gantry.contracts.rpc.ListNodes;
import dev.gantry.contracts.rpc.NodeList;
import dev.gantry.contracts.rpc.NodesGrpc;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.contracts.rpc.VolumeDirectory;
import dev.gantry.service.rpc.Peers;
import dev.gantry.service.rpc.RpcErrors;
import dev.gantry.volume.lifecycle.Disks;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The nodes' disks, through their agents; the scheduler knows where those are. */
@ApplicationScoped
class AgentDisks implements Disks {
    private static final Duration QUERY = Duration.ofSeconds(10);
    private static final Duration DELETE = Duration.ofMinutes(2);

    private final Peers peers;

    AgentDisks(Peers peers) {
        this.peers = peers;
    }

    @Override
    public String anyNode() {
        return nodes().stream()
                .filter(NodeList.Node::getReady)
                .map(NodeList.Node::getName)
                .findFirst()
                .orElseThrow(() -> ErrorCode.NO_NODE.with("no agent is connected"));
    }

    @Override
    public String make(String node, String volume) {
        return ask(node, QUERY, agent -> agent.makeVolume(directory(volume))).getMountpoint();
    }

    @Override
    public long remove(String node, String volume) {
        return ask(node, DELETE, agent -> agent.removeVolume(directory(volume))).getBytes();
    }

    private static VolumeDirectory directory(String volume) {
        return VolumeDirectory.newBuilder().setVolume(volume).build();
    }

    private <T> T ask(String name, Duration limit, Function<AgentBlockingStub, T> question) {
        var node = nodes().stream()
                .filter(known -> known.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> ErrorCode.NODE_AWAY.with(name, "it has never said hello"));
        try {
            var channel = peers.agent(Role.VOLUME, name, node.getAgentHost(), node.getAgentPort());
            return question.apply(
                    AgentGrpc.newBlockingStub(channel).withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RuntimeException e) {
            throw away(name, RpcErrors.from(e, "the agent of " + name));
        }
    }

    private static GantryException away(String node, GantryException error) {
        return error.code() == ErrorCode.SERVICE_AWAY
                ? ErrorCode.NODE_AWAY
                        .with(node, String.valueOf(error.getMessage()))
                        .causedBy(error)
                : error;
    }

    private List<NodeList.Node> nodes() {
        try {
            return NodesGrpc.newBlockingStub(peers.channel(Role.VOLUME, Role.SCHEDULER))
                    .withDeadlineAfter(QUERY.toMillis(), TimeUnit.MILLISECONDS)
                    .list(ListNodes.getDefaultInstance())
                    .getNodesList();
        } catch (RuntimeException e) {
            throw RpcErrors.from(e, "the scheduler");
        }
    }
}
