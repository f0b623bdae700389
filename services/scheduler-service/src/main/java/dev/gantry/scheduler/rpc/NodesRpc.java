package dev.gantry.scheduler.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.rpc.AgentDirective;
import dev.gantry.contracts.rpc.AgentReport;
import dev.gantry.contracts.rpc.ListNodes;
import dev.gantry.contracts.rpc.NodeList;
import dev.gantry.contracts.rpc.NodesGrpc;
import dev.gantry.scheduler.node.KnownNode;
import dev.gantry.scheduler.node.NodeRegistry;
import dev.gantry.service.rpc.Answers;
import dev.gantry.service.rpc.Caller;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.Map;

/** {@code gantry.v1.Nodes}. */
@Singleton
class NodesRpc extends NodesGrpc.NodesImplBase {
    private final Leadership leadership;
    private final NodeRegistry nodes;

    NodesRpc(Leadership leadership, NodeRegistry nodes) {
        this.leadership = leadership;
        this.nodes = nodes;
    }

    @Override
    public void list(ListNodes request, StreamObserver<NodeList> out) {
        Answers.unary(out, () -> {
            var active = leadership.active();
            var all = active.counts(container -> true);
            var running = active.counts(container -> container.status().alive());
            var paused = active.counts(container -> container.status().paused());
            var reply = NodeList.newBuilder();
            nodes.all().forEach(node -> reply.addNodes(node(node, all, running, paused)));
            return reply.build();
        });
    }

    private NodeList.Node node(
            KnownNode node, Map<String, Integer> all, Map<String, Integer> running, Map<String, Integer> paused) {
        var containers = all.getOrDefault(node.name(), 0);
        var alive = running.getOrDefault(node.name(), 0);
        var frozen = paused.getOrDefault(node.name(), 0);
        return NodeList.Node.newBuilder()
                .setName(node.name())
                .setReady(nodes.ready(node.name()))
                .setFacts(ByteString.copyFrom(DockerJson.write(node.facts())))
                .setContainers(containers)
                .setRunning(alive - frozen)
                .setPaused(frozen)
                .setStopped(containers - alive)
                .setAgentHost(node.host())
                .setAgentPort(node.port())
                .build();
    }

    @Override
    public StreamObserver<AgentReport> observe(StreamObserver<AgentDirective> out) {
        // grpc-java hands every server method a ServerCallStreamObserver
        return new ObservationStream(
                leadership, nodes, Caller.current(), (ServerCallStreamObserver<AgentDirective>) out);
    }
}
