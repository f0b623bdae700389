package dev.gantry.scheduler.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.rpc.AgentDirective;
import dev.gantry.contracts.rpc.AgentHello;
import dev.gantry.contracts.rpc.AgentReport;
import dev.gantry.contracts.rpc.NodesGrpc;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.platform.testing.TestPlatform;
import dev.gantry.service.tls.KeyFiles;
import dev.gantry.service.tls.PeerIdentity;
import dev.gantry.service.tls.Tls;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.Config;

/** An agent that runs nothing: a container "runs" until it is told to end; {@code true} ends at once, {@code nosuchprogram} never starts. */
@Singleton
class FakeAgent {
    private final Config config;
    private final Map<String, Boolean> running = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> sequences = new ConcurrentHashMap<>();
    private Optional<StreamObserver<AgentReport>> reports = Optional.empty();
    private Optional<ManagedChannel> channel = Optional.empty();

    FakeAgent(Config config) {
        this.config = config;
    }

    /** What the scheduler says on this connection; an empty directive is its end. */
    BlockingQueue<AgentDirective> connect(String node) {
        var directives = new LinkedBlockingQueue<AgentDirective>();
        var tls = Tls.grpcClient(
                KeyFiles.in(Path.of(config.getValue("gantry.tls.agent", String.class))),
                new PeerIdentity(Role.SCHEDULER, Optional.empty()));
        var scheduler = NettyChannelBuilder.forAddress(
                        "127.0.0.1", config.getValue("gantry.port.scheduler-rpc", Integer.class))
                .sslContext(tls)
                .build();
        channel = Optional.of(scheduler);
        var stream = NodesGrpc.newStub(scheduler).observe(new StreamObserver<>() {
            @Override
            public void onNext(AgentDirective directive) {
                directives.add(directive);
            }

            @Override
            public void onError(Throwable error) {
                directives.add(AgentDirective.getDefaultInstance());
            }

            @Override
            public void onCompleted() {}
        });
        stream.onNext(AgentReport.newBuilder().setHello(hello(node)).build());
        reports = Optional.of(stream);
        return directives;
    }

    private AgentHello hello(String node) {
        return AgentHello.newBuilder()
                .setNode(node)
                .setHost("127.0.0.1")
                .setPort(config.getValue("gantry.port.agent-rpc", Integer.class))
                .setFacts(ByteString.copyFrom(DockerJson.write(DockerJson.empty(NodeFacts.class))))
                .build();
    }

    BlockingQueue<AgentDirective> connect() {
        return connect(TestPlatform.NODE);
    }

    void disconnect() {
        channel.ifPresent(ManagedChannel::shutdownNow);
    }

    Outcome apply(Order order) {
        var outcome = Outcome.newBuilder().setGeneration(order.getGeneration()).setRun(1);
        switch (order.getVerbCase()) {
            case START -> start(order, outcome);
            case STOP -> end(order, 128 + 15);
            case KILL -> end(order, 128 + order.getKill().getSignal());
            case RELEASE -> end(order, 137);
            case PAUSE, UNPAUSE, UPDATE -> {}
            case VERB_NOT_SET -> throw new IllegalArgumentException("no verb");
        }
        if (outcome.getResultCase() == Outcome.ResultCase.RESULT_NOT_SET) {
            outcome.setDone(Outcome.Done.getDefaultInstance());
        }
        return outcome.build();
    }

    private void start(Order order, Outcome.Builder outcome) {
        var command = DockerJson.read(order.getStart().getConfig().toByteArray(), ContainerConfig.class)
                .cmd();
        if (List.of("nosuchprogram").equals(command)) {
            outcome.setFailed(Outcome.Failed.newBuilder()
                    .setCode("EXECUTABLE_NOT_FOUND")
                    .setMessage("exec: \"nosuchprogram\": executable file not found in $PATH")
                    .setExitCode(127));
            return;
        }
        running.put(order.getContainer(), true);
        outcome.setRunning(Outcome.Running.newBuilder().setPid(42).setStartedAt(now()));
        report(observation(order).setStarted(Observation.Started.newBuilder().setPid(42)));
        if (List.of("true").equals(command)) {
            end(order, 0);
        }
    }

    private void end(Order order, int code) {
        if (running.remove(order.getContainer()) != null) {
            report(observation(order).setExited(Observation.Exited.newBuilder().setExitCode(code)));
        }
    }

    private Observation.Builder observation(Order order) {
        var sequence = sequences.computeIfAbsent(order.getContainer(), id -> new AtomicLong());
        return Observation.newBuilder()
                .setContainer(order.getContainer())
                .setGeneration(order.getGeneration())
                .setRun(1)
                .setSequence(sequence.incrementAndGet())
                .setAt(now());
    }

    private synchronized void report(Observation.Builder observation) {
        reports.orElseThrow()
                .onNext(AgentReport.newBuilder().setObservation(observation).build());
    }

    private static long now() {
        var now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
