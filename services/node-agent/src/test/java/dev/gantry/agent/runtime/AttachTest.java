package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.AttachOutput;
import io.grpc.stub.BlockingClientCall;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttachTest {
    private static final int MEGABYTES = 20;

    @RegisterExtension
    private static final OwnAgent OWN = new OwnAgent("aga");

    private final TestAgent agent = OWN.agent();

    @Test
    void carriesManyBytesInAndOutUnchanged() throws Exception {
        var id = TestAgent.newId();
        var call = agent.attach(open(id).build());
        agent.start(id, c -> c.cmd(List.of("cat")).openStdin(true).stdinOnce(true), h -> h);
        var said = CompletableFuture.supplyAsync(() -> feed(call));
        assertThat(digestOf(call)).isEqualTo(said.get());
        agent.release(id);
    }

    @Test
    void holdsInputForTheNextRunToo() throws Exception {
        var id = TestAgent.newId();
        agent.start(id, c -> c.cmd(List.of("true")).openStdin(true).stdinOnce(true), h -> h);
        agent.awaitExit(id);
        var call = agent.attach(open(id).build());
        call.write(AttachInput.newBuilder()
                .setStdin(ByteString.copyFromUtf8("again"))
                .build());
        call.halfClose();
        agent.start(id, c -> c.cmd(List.of("cat")).openStdin(true).stdinOnce(true), h -> h);
        var answer = call.read();
        assertThat(answer == null ? "" : answer.getBytes().toStringUtf8()).isEqualTo("again");
        assertThat(call.read()).isNull();
        agent.release(id);
    }

    @Test
    void aClientThatDoesNotReadStopsNobody() throws Exception {
        var id = TestAgent.newId();
        var stalled = agent.attach(open(id).setStdin(false).setTty(false).build());
        agent.start(id, "sh", "-c", "yes 0123456789abcde | head -c 30000000; echo end");
        assertThat(agent.awaitExit(id).exitCode()).isZero();
        assertThat(TestAgent.readAll(stalled)).hasSize(30_000_004).endsWith("end\n");
        agent.release(id);
    }

    @Test
    void aProcessThatDoesNotReadStopsOnlyItsClient() throws Exception {
        var id = TestAgent.newId();
        var call = agent.attach(open(id).build());
        agent.start(id, c -> c.cmd(List.of("sleep", "1000")).openStdin(true).stdinOnce(true), h -> h);
        var feeding = Thread.ofVirtual().start(() -> feed(call));
        Await.untilTrue("a full pipe", () -> feeding.getState() == Thread.State.WAITING);
        assertThat(agent.kill(id, 9).hasDone()).isTrue();
        assertThat(digestOf(call)).isEqualTo(HexFormat.of().formatHex(sha256().digest()));
        feeding.join();
        agent.release(id);
    }

    @Test
    void endsTheInputOfAClientThatGoesAway() throws Exception {
        var id = TestAgent.newId();
        var call = agent.attach(open(id).build());
        agent.start(id, c -> c.cmd(List.of("cat")).openStdin(true).stdinOnce(true), h -> h);
        call.cancel("gone", null);
        assertThat(agent.awaitExit(id).exitCode()).isZero();
        agent.release(id);
    }

    private static AttachOpen.Builder open(String id) {
        return AttachOpen.newBuilder()
                .setContainer(id)
                .setStream(true)
                .setStdin(true)
                .setStdinOnce(true)
                .setStdout(true)
                .setTty(true);
    }

    /** @return the digest of what it sent, or nothing when nobody wanted it all */
    private static String feed(BlockingClientCall<AttachInput, AttachOutput> call) {
        var random = new Random(7);
        var digest = sha256();
        try {
            for (var i = 0; i < MEGABYTES * 16; i++) {
                var bytes = new byte[64 << 10];
                random.nextBytes(bytes);
                digest.update(bytes);
                call.write(AttachInput.newBuilder()
                        .setStdin(ByteString.copyFrom(bytes))
                        .build());
            }
            call.halfClose();
        } catch (Exception e) {
            return "";
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String digestOf(BlockingClientCall<AttachInput, AttachOutput> call) throws Exception {
        var digest = sha256();
        for (var next = call.read(); next != null; next = call.read()) {
            digest.update(next.getBytes().toByteArray());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
