package dev.gantry.service.rpc;

import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.contracts.rpc.WaitContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A client in a process of its own, so that it can be killed or stopped while it reads a stream. */
final class ClientProcess implements AutoCloseable {
    private final Process process;

    private ClientProcess(Process process) {
        this.process = process;
    }

    /** Returns when the client has read from the stream. */
    static ClientProcess start(Path certificates) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClientProcess.class.getName(),
                        certificates.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        for (var line = out.readLine(); !"reading".equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the client ended before it read");
            }
        }
        return new ClientProcess(process);
    }

    void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String... arguments) throws Exception {
        var peers = RpcFixture.peers(RpcFixture.addresses(Path.of(arguments[0]), Map.of()));
        var call = ContainersGrpc.newBlockingV2Stub(peers.channel(Role.GATEWAY, Role.SCHEDULER))
                .wait(WaitContainer.newBuilder().setCondition("x").build());
        call.read();
        System.out.println("reading");
        while (call.read() != null) {
            Thread.onSpinWait();
        }
    }
}
