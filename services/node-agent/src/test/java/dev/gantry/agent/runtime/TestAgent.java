package dev.gantry.agent.runtime;

import com.google.protobuf.ByteString;
import dev.gantry.agent.AgentRuntime;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerConfigBuilder;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.HostConfigBuilder;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.ExecInput;
import dev.gantry.contracts.rpc.ExecOpen;
import dev.gantry.contracts.rpc.ExecQuery;
import dev.gantry.contracts.rpc.ExecState;
import dev.gantry.contracts.rpc.KillOrder;
import dev.gantry.contracts.rpc.LogsRequest;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.PauseOrder;
import dev.gantry.contracts.rpc.ReleaseOrder;
import dev.gantry.contracts.rpc.ResizeTerminal;
import dev.gantry.contracts.rpc.StartOrder;
import dev.gantry.contracts.rpc.StopOrder;
import dev.gantry.contracts.rpc.UnpauseOrder;
import dev.gantry.contracts.rpc.UpdateOrder;
import dev.gantry.linux.Kernel;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.BlockingClientCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** An agent, its scheduler, and the calls that the platform would make. */
final class TestAgent implements AutoCloseable {
    private final TestImage image;
    private final TestScheduler scheduler;
    private final ManagedChannel channel;
    private final Runnable stop;
    private final Map<String, Long> generations = new ConcurrentHashMap<>();

    /** @param channel to the agent */
    TestAgent(TestImage image, TestScheduler scheduler, ManagedChannel channel, Runnable stop) {
        this.image = image;
        this.scheduler = scheduler;
        this.channel = channel;
        this.stop = stop;
    }

    /** One that lives in this JVM. */
    static TestAgent here(Path data, String cgroup, TestImage image) throws IOException {
        var name = "agent-test-" + new Random().nextLong();
        var scheduler = new TestScheduler();
        var schedulerServer = InProcessServerBuilder.forName(name + "/scheduler")
                .addService(scheduler)
                .build()
                .start();
        var toScheduler = InProcessChannelBuilder.forName(name + "/scheduler").build();
        var runtime = new AgentRuntime(
                new AgentRuntime.Settings(data, cgroup, "test-node", "127.0.0.1", 1),
                Kernel.real(),
                image.blobs(),
                () -> toScheduler);
        runtime.start();
        var server = InProcessServerBuilder.forName(name)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(runtime.rpc())
                .build()
                .start();
        return new TestAgent(
                image, scheduler, InProcessChannelBuilder.forName(name).build(), () -> {
                    server.shutdownNow();
                    runtime.close();
                    toScheduler.shutdownNow();
                    schedulerServer.shutdownNow();
                });
    }

    static String newId() {
        var bytes = new byte[32];
        new Random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    ManagedChannel channel() {
        return channel;
    }

    TestScheduler scheduler() {
        return scheduler;
    }

    Outcome start(String id, String... command) {
        return start(id, c -> c.cmd(List.of(command)), h -> h);
    }

    Outcome start(String id, UnaryOperator<ContainerConfigBuilder> config, UnaryOperator<HostConfigBuilder> host) {
        return apply(startOrder(id, config, host));
    }

    Order.Builder startOrder(
            String id, UnaryOperator<ContainerConfigBuilder> config, UnaryOperator<HostConfigBuilder> host) {
        var documents = config.apply(ContainerConfigBuilder.builder(DockerJson.empty(ContainerConfig.class)))
                .build();
        var hostConfig = host.apply(HostConfigBuilder.builder(DockerJson.empty(HostConfig.class)))
                .build();
        return order(id)
                .setStart(StartOrder.newBuilder()
                        .setName("c")
                        .setConfig(ByteString.copyFrom(DockerJson.write(documents)))
                        .setHostConfig(ByteString.copyFrom(DockerJson.write(hostConfig)))
                        .setImage(image.resolved())
                        .setNetwork(NetworkPlan.newBuilder().setMode(NetworkPlan.Mode.NONE)));
    }

    Outcome stop(String id, int signal, int seconds) {
        return apply(order(id).setStop(StopOrder.newBuilder().setSignal(signal).setTimeoutSeconds(seconds)));
    }

    Outcome kill(String id, int signal) {
        return apply(order(id).setKill(KillOrder.newBuilder().setSignal(signal)));
    }

    Outcome pause(String id) {
        return apply(order(id).setPause(PauseOrder.getDefaultInstance()));
    }

    Outcome unpause(String id) {
        return apply(order(id).setUnpause(UnpauseOrder.getDefaultInstance()));
    }

    Outcome update(String id, UnaryOperator<HostConfigBuilder> host) {
        var config = host.apply(HostConfigBuilder.builder(DockerJson.empty(HostConfig.class)))
                .build();
        return apply(order(id)
                .setUpdate(UpdateOrder.newBuilder().setHostConfig(ByteString.copyFrom(DockerJson.write(config)))));
    }

    Outcome release(String id) {
        return apply(order(id).setRelease(ReleaseOrder.getDefaultInstance()));
    }

    Order.Builder order(String id) {
        return Order.newBuilder().setContainer(id).setGeneration(generations.merge(id, 1L, Long::sum));
    }

    Outcome apply(Order.Builder order) {
        return AgentGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .apply(order.build());
    }

    /** What both streams said, without frames. */
    String logs(String id) {
        return demultiplexed(rawLogs(LogsRequest.newBuilder()
                .setContainer(id)
                .setStdout(true)
                .setStderr(true)
                .setTail(-1)
                .build()));
    }

    byte[] rawLogs(LogsRequest request) {
        var bytes = new ByteArrayOutputStream();
        AgentGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .logs(request)
                .forEachRemaining(chunk -> bytes.writeBytes(chunk.getBytes().toByteArray()));
        return bytes.toByteArray();
    }

    BlockingClientCall<AttachInput, AttachOutput> attach(AttachOpen open) throws Exception {
        var call = AgentGrpc.newBlockingV2Stub(channel).attach();
        call.write(AttachInput.newBuilder().setOpen(open).build());
        var first = call.read();
        if (first == null || !first.hasReady()) {
            throw new IllegalStateException("no ready: " + first);
        }
        return call;
    }

    /** @return its id */
    String createExec(String container, UnaryOperator<CreateExecRequest.Builder> request, String... command) {
        var asked = request.apply(CreateExecRequest.newBuilder()
                .setContainer(container)
                .addAllCommand(List.of(command))
                .setStdout(true)
                .setStderr(true));
        return stub().createExec(asked.build()).getExec();
    }

    /** Started, and the agent has said that it has the session. */
    BlockingClientCall<ExecInput, AttachOutput> startExec(ExecOpen.Builder open) throws Exception {
        var call = AgentGrpc.newBlockingV2Stub(channel).startExec();
        call.write(ExecInput.newBuilder().setOpen(open).build());
        var first = call.read();
        if (first == null || !first.hasReady()) {
            throw new IllegalStateException("no ready: " + first);
        }
        return call;
    }

    /** Creates, starts and reads to the end. */
    Executed exec(String container, UnaryOperator<CreateExecRequest.Builder> request, String... command)
            throws Exception {
        var id = createExec(container, request, command);
        var said = readAll(startExec(ExecOpen.newBuilder().setExec(id)));
        return new Executed(id, said, stub().inspectExec(query(id)).getExitCode());
    }

    Executed exec(String container, String... command) throws Exception {
        return exec(container, request -> request, command);
    }

    /** What an exec said and how it ended. */
    record Executed(String id, String said, int exitCode) {}

    ExecState inspectExec(String id) {
        return stub().inspectExec(query(id));
    }

    void resize(String container, String exec, int height, int width) {
        var _ = stub().resize(ResizeTerminal.newBuilder()
                .setContainer(container)
                .setExec(exec)
                .setHeight(height)
                .setWidth(width)
                .build());
    }

    private static ExecQuery query(String id) {
        return ExecQuery.newBuilder().setExec(id).build();
    }

    private AgentGrpc.AgentBlockingStub stub() {
        return AgentGrpc.newBlockingStub(channel).withWaitForReady().withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    static String readAll(BlockingClientCall<?, AttachOutput> call) throws Exception {
        var bytes = new ByteArrayOutputStream();
        for (var next = call.read(); next != null; next = call.read()) {
            bytes.writeBytes(next.getBytes().toByteArray());
        }
        return demultiplexed(bytes.toByteArray());
    }

    static String demultiplexed(byte[] frames) {
        var text = new ByteArrayOutputStream();
        for (var in = ByteBuffer.wrap(frames); in.hasRemaining(); ) {
            in.getInt();
            var payload = new byte[in.getInt()];
            in.get(payload);
            text.writeBytes(payload);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    Observation awaitExit(String id) {
        return Await.until(
                        "exit of " + id,
                        () -> scheduler.of(id).stream()
                                .filter(dev.gantry.contracts.rpc.Observation::hasExited)
                                .reduce((a, b) -> b))
                .map(o -> new Observation(
                        o.getRun(), o.getExited().getExitCode(), o.getExited().getOomKilled()))
                .orElseThrow();
    }

    /** An end as the scheduler came to know it. */
    record Observation(long run, int exitCode, boolean oomKilled) {}

    @Override
    public void close() {
        channel.shutdownNow();
        stop.run();
    }
}
