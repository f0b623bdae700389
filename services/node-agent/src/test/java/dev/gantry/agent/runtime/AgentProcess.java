package dev.gantry.agent.runtime;

import dev.gantry.agent.AgentRuntime;
import dev.gantry.linux.Kernel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** An agent as a process of its own, to be killed by tests; without TLS. Arguments: data, cgroup, image directory, port, scheduler's port. */
final class AgentProcess {
    private AgentProcess() {}

    public static void main(String[] args) throws Exception {
        var port = Integer.parseInt(args[3]);
        var scheduler = NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(args[4]))
                .usePlaintext()
                .build();
        var runtime = new AgentRuntime(
                new AgentRuntime.Settings(Path.of(args[0]), args[1], "test-node", "127.0.0.1", port),
                Kernel.real(),
                TestImage.of(Path.of(args[2])).blobs(),
                () -> scheduler);
        runtime.start();
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(runtime.rpc())
                .build()
                .start()
                .awaitTermination();
    }
}
