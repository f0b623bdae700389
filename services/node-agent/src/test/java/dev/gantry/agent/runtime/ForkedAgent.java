package dev.gantry.agent.runtime;

import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** Starts and kills agents that follow one another on the same data. */
final class ForkedAgent implements AutoCloseable {
    private final List<String> command;
    private final Path log;
    private final int port;
    private final Server schedulerServer;
    private final TestAgent calls;
    private Process process;

    ForkedAgent(Path directory, String cgroup, Path imageDirectory, TestImage image) throws IOException {
        var scheduler = new TestScheduler();
        schedulerServer = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(scheduler)
                .build()
                .start();
        port = freePort();
        log = directory.resolve("agent.log");
        command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                AgentProcess.class.getName(),
                directory.resolve("data").toString(),
                cgroup,
                imageDirectory.toString(),
                Integer.toString(port),
                Integer.toString(schedulerServer.getPort()));
        process = fork();
        var channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        calls = new TestAgent(image, scheduler, channel, () -> {});
    }

    /** The calls; they reach whichever agent runs. */
    TestAgent calls() {
        return calls;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void start() throws IOException {
        process = fork();
    }

    private Process fork() throws IOException {
        var forked = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Await.untilTrue("the agent's port, see " + log, () -> listens() || !forked.isAlive());
        if (!forked.isAlive()) {
            throw new IllegalStateException("the agent did not start, see " + log);
        }
        return forked;
    }

    private boolean listens() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        calls.close();
        process.destroyForcibly();
        schedulerServer.shutdownNow();
    }
}
