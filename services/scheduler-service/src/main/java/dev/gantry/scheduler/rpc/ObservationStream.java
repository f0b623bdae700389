package dev.gantry.scheduler.rpc;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.rpc.AgentDirective;
import dev.gantry.contracts.rpc.AgentHello;
import dev.gantry.contracts.rpc.AgentReport;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.scheduler.node.KnownNode;
import dev.gantry.scheduler.node.NodeRegistry;
import dev.gantry.service.rpc.Caller;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One agent's stream: hello, then observations. Each goes to its container's mailbox and is acknowledged after its commit; at most
 * {@value #WINDOW} are under way. Any failure ends the stream, and the agent sends again what was not acknowledged.
 */
final class ObservationStream implements StreamObserver<AgentReport> {
    private static final Logger LOG = Logger.getLogger(ObservationStream.class);
    private static final int WINDOW = 64;

    private final Leadership leadership;
    private final NodeRegistry nodes;
    private final Caller caller;
    private final ServerCallStreamObserver<AgentDirective> out;
    private @Nullable String node;
    private long stream;
    private boolean ended;

    ObservationStream(
            Leadership leadership, NodeRegistry nodes, Caller caller, ServerCallStreamObserver<AgentDirective> out) {
        this.leadership = leadership;
        this.nodes = nodes;
        this.caller = caller;
        this.out = out;
        out.disableAutoRequest();
        out.setOnCancelHandler(this::gone);
        out.request(WINDOW);
    }

    @Override
    public synchronized void onNext(AgentReport report) {
        try {
            switch (report.getReportCase()) {
                case HELLO -> hello(report.getHello());
                case OBSERVATION -> observation(report.getObservation());
                case REPORT_NOT_SET -> throw ErrorCode.INVALID_PARAMETER.with("an empty report");
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void hello(AgentHello hello) {
        if (!caller.node().equals(Optional.of(hello.getNode()))) {
            throw ErrorCode.FORBIDDEN.with("the certificate is not of node " + hello.getNode());
        }
        var active = leadership.active(); // a standby has no use for agents
        if (isAnotherBoot(hello)) {
            LOG.infof("node %s: its host has booted", hello.getNode());
            active.booted(hello.getNode()); // before the boot is noted: after a crash in between it is done again
        }
        var facts = DockerJson.read(hello.getFacts().toByteArray(), NodeFacts.class);
        stream = nodes.connected(
                new KnownNode(hello.getNode(), hello.getHost(), hello.getPort(), facts, hello.getBoot()));
        node = hello.getNode();
        active.settleOwed(node);
        LOG.infof("node %s: connected from %s:%d", hello.getNode(), hello.getHost(), hello.getPort());
        send(AgentDirective.newBuilder()
                .setWelcome(AgentDirective.Welcome.getDefaultInstance())
                .build());
        out.request(1);
    }

    private boolean isAnotherBoot(AgentHello hello) {
        var last = nodes.find(hello.getNode()).map(KnownNode::boot).orElse("");
        return !last.isEmpty() && !hello.getBoot().isEmpty() && !last.equals(hello.getBoot());
    }

    private void observation(Observation seen) {
        if (node == null) {
            throw ErrorCode.INVALID_PARAMETER.with("an observation before hello");
        }
        var _ = leadership.active().observe(node, seen).whenComplete((done, error) -> {
            if (error == null) {
                acknowledge(seen);
            } else {
                fail(error);
            }
        });
    }

    private synchronized void acknowledge(Observation seen) {
        send(AgentDirective.newBuilder()
                .setAcknowledged(AgentDirective.Acknowledged.newBuilder()
                        .setContainer(seen.getContainer())
                        .setSequence(seen.getSequence()))
                .build());
        if (!ended) {
            out.request(1);
        }
    }

    private synchronized void send(AgentDirective directive) {
        if (!ended && !out.isCancelled()) {
            out.onNext(directive);
        }
    }

    private synchronized void fail(Throwable error) {
        if (!ended) {
            ended = true;
            LOG.warnf("node %s: its stream ends: %s", node, error.getMessage());
            disconnected();
            out.onError(RpcErrors.toStatus(error));
        }
    }

    @Override
    public void onError(Throwable error) {
        gone();
    }

    @Override
    public synchronized void onCompleted() {
        if (!ended) {
            ended = true;
            disconnected();
            out.onCompleted();
        }
    }

    private synchronized void gone() {
        ended = true;
        disconnected();
    }

    private void disconnected() {
        if (node != null) {
            nodes.disconnected(node, stream);
            LOG.infof("node %s: disconnected", node);
            node = null;
        }
    }
}
