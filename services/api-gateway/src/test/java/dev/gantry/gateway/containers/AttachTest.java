package dev.gantry.gateway.containers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.NoteContainer;
import dev.gantry.contracts.rpc.SpoolPlace;
import dev.gantry.gateway.testing.Engine;
import dev.gantry.gateway.testing.FakeAgent.Session;
import dev.gantry.gateway.testing.UnixClient;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AttachTest {
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0";

    @AutoClose
    private final Engine engine = Engine.start();

    @BeforeEach
    void openStdin() {
        engine.services.locate(
                engine.services.location().toBuilder().setOpenStdin(true).build());
    }

    private Session attached(UnixClient client, String target, String headers) throws Exception {
        client.request("POST", target, headers);
        return engine.agent.nextSession();
    }

    @Test
    void upgradesOnlyWhenTheAgentHasTheSession() throws Exception {
        try (var client = engine.client()) {
            var session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdout=1", UPGRADE);
            session.ready();
            var head = client.head();
            assertThat(head.status()).isEqualTo(101);
            assertThat(head.reason()).isEqualTo("UPGRADED");
            assertThat(head.headers())
                    .containsExactlyInAnyOrderEntriesOf(java.util.Map.of(
                            "content-type", "application/vnd.docker.multiplexed-stream",
                            "connection", "Upgrade",
                            "upgrade", "tcp"));
            session.write("hello");
            session.out.onCompleted();
            assertThat(client.readToEnd()).isEqualTo("hello");
        }
    }

    @Test
    void answers200AndRawBytesWithoutAnUpgrade() throws Exception {
        try (var client = engine.client()) {
            var session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdout=1", "Content-Length: 0");
            session.ready();
            var head = client.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("application/vnd.docker.raw-stream");
            session.write("raw");
            session.out.onCompleted();
            assertThat(client.readToEnd()).isEqualTo("raw");
        }
    }

    @Test
    void saysRawStreamBelowApi142() throws Exception {
        try (var client = engine.client()) {
            attached(client, "/v1.41/containers/c1/attach?stream=1&stdout=1", UPGRADE)
                    .ready();
            assertThat(client.head().header("Content-Type")).isEqualTo("application/vnd.docker.raw-stream");
        }
    }

    @Test
    void outputGoesOnFromItsPlaceWhenTheAgentIsBack() throws Exception {
        try (var client = engine.client()) {
            var first = attached(client, "/v1.51/containers/c1/attach?stream=1&stdout=1", UPGRADE);
            first.ready();
            client.head();
            var place =
                    SpoolPlace.newBuilder().setSince(3).setRecord(5).setSent(7).build();
            first.write("before, ", place);
            engine.agent.refusal = Optional.of(ErrorCode.SERVICE_AWAY.with("the agent", "killed"));
            first.breakOff();
            assertThat(engine.agent.refused.tryAcquire(5, SECONDS)).isTrue();
            engine.agent.refusal = Optional.empty();
            var second = engine.agent.sessions.poll(5, SECONDS);
            assertThat(second.open.get(5, SECONDS).getResume()).isEqualTo(place);
            second.ready();
            second.write("after");
            second.out.onCompleted();
            assertThat(client.readToEnd()).isEqualTo("before, after");
        }
    }

    @Test
    void whoHasTheInputIsToldByTheEndThatTheAgentDied() throws Exception {
        try (var client = engine.client()) {
            var session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdin=1&stdout=1", UPGRADE);
            session.ready();
            client.head();
            session.write("before", SpoolPlace.newBuilder().setRecord(5).build());
            session.breakOff();
            assertThat(client.readToEnd()).isEqualTo("before");
            assertThat(engine.agent.sessions).isEmpty();
        }
    }

    @Test
    void outputGoesOnAfterStdinHasEnded() throws Exception {
        try (var client = engine.client()) {
            var session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdin=1&stdout=1", UPGRADE);
            session.ready();
            client.head();
            client.send("line 1\nline 2\n").shutdownOutput();
            session.stdinClosed.get(5, SECONDS);
            assertThat(session.input()).isEqualTo("line 1\nline 2\n");
            session.write("after the end");
            session.out.onCompleted();
            assertThat(client.readToEnd()).isEqualTo("after the end");
        }
    }

    @Test
    void stdinThatComesWithTheRequestIsNotLost() throws Exception {
        try (var client = engine.client()) {
            client.send("POST /v1.51/containers/c1/attach?stream=1&stdin=1&stdout=1 HTTP/1.1\r\nHost: d\r\n" + UPGRADE
                    + "\r\n\r\neager bytes");
            var session = engine.agent.sessions.poll(5, SECONDS);
            session.ready();
            client.head();
            client.shutdownOutput();
            session.stdinClosed.get(5, SECONDS);
            assertThat(session.input()).isEqualTo("eager bytes");
        }
    }

    @Test
    void aClientThatLeavesEndsItsSession() throws Exception {
        Session session;
        try (var client = engine.client()) {
            session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdout=1", UPGRADE);
            session.ready();
            client.head();
        }
        session.cancelled.get(5, SECONDS);
    }

    @Test
    void aClientThatLeavesAfterEndingItsStdinEndsItsSession() throws Exception {
        Session session;
        try (var client = engine.client()) {
            session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdin=1&stdout=1", UPGRADE);
            session.ready();
            client.head();
            client.shutdownOutput();
            session.stdinClosed.get(5, SECONDS);
            assertThat(session.cancelled).isNotDone();
        }
        session.cancelled.get(5, SECONDS);
    }

    @Test
    void stdinThatNobodyTakesWaitsInTheClient() throws Exception {
        engine.agent.takesInput = false;
        try (var client = engine.client()) {
            var session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdin=1&stdout=1", UPGRADE);
            session.ready();
            client.head();
            var sent = client.sendUntilItStalls(new byte[64 << 10], 256L << 20);
            assertThat(sent).isLessThan(16L << 20);
        }
    }

    @Test
    void aSlowClientSlowsTheAgent() throws Exception {
        try (var client = engine.client()) {
            var session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdout=1", UPGRADE);
            session.ready();
            client.head();
            var piece = ByteString.copyFrom(new byte[64 << 10]);
            var written = 0;
            var stalled = System.nanoTime();
            while (written < 1000 && System.nanoTime() - stalled < 500_000_000) {
                if (session.out.isReady()) {
                    session.write(piece);
                    written++;
                    stalled = System.nanoTime();
                }
            }
            assertThat(written).isLessThan(200);
            session.out.onCompleted();
            assertThat(client.readToEnd()).hasSize(written * (64 << 10));
        }
    }

    private void terminal() {
        engine.services.locate(engine.services.location().toBuilder()
                .setTty(true)
                .setStdinOnce(true)
                .build());
    }

    @Test
    void anAttachIsOnRecordBeforeItIsAnswered() throws Exception {
        try (var client = engine.client()) {
            attached(client, "/v1.51/containers/c1/attach?stream=1&stdout=1", UPGRADE)
                    .ready();
            client.head();
            assertThat(engine.services.notes)
                    .extracting(NoteContainer::getAction)
                    .containsExactly("attach");
        }
    }

    @Test
    void anAttachThatCannotBePutOnRecordIsRefused() throws Exception {
        engine.services.notesRefused.set(1);
        try (var client = engine.client()) {
            var session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdout=1", UPGRADE);
            session.ready();
            assertThat(client.head().status()).isEqualTo(503);
            session.cancelled.get(5, SECONDS);
        }
    }

    @Test
    void aTerminalsBytesAreRawAndCtrlCIsOneOfThem() throws Exception {
        terminal();
        try (var client = engine.client()) {
            var session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdin=1&stdout=1", UPGRADE);
            session.ready();
            assertThat(client.head().header("Content-Type")).isEqualTo("application/vnd.docker.raw-stream");
            assertThat(session.open.get().getTty()).isTrue();
            assertThat(session.open.get().getStdinOnce()).isFalse();
            client.send("\u0003x\u0010");
            UnixClient.await("ctrl-c", () -> session.input().equals("\u0003x"));
            client.shutdownOutput();
            UnixClient.await("what was held back", () -> session.input().equals("\u0003x\u0010"));
            assertThat(session.stdinClosed).isNotDone();
        }
    }

    @Test
    void theDetachKeysEndTheSessionAndAreOnRecordThoughTheSchedulerIsAwayForAMoment() throws Exception {
        terminal();
        try (var client = engine.client()) {
            var session =
                    attached(client, "/v1.51/containers/c1/attach?stream=1&stdin=1&stdout=1&detachKeys=a,b", UPGRADE);
            session.ready();
            client.head();
            engine.services.notesRefused.set(2);
            client.send("echo ab");
            assertThat(client.readToEnd()).isEmpty();
            session.cancelled.get(5, SECONDS);
            assertThat(session.input()).isEqualTo("echo ");
            UnixClient.await("the note", () -> engine.services.notes.size() == 2);
            assertThat(engine.services.notes)
                    .extracting(NoteContainer::getAction)
                    .containsExactly("attach", "detach");
        }
    }

    @Test
    void withoutATerminalTheDetachKeysAreBytesLikeOthers() throws Exception {
        try (var client = engine.client()) {
            var session = attached(client, "/v1.51/containers/c1/attach?stream=1&stdin=1&stdout=1", UPGRADE);
            session.ready();
            client.head();
            client.send("\u0010\u0011").shutdownOutput();
            session.stdinClosed.get(5, SECONDS);
            assertThat(session.input()).isEqualTo("\u0010\u0011");
        }
    }

    @Test
    void manyClientsAttachAtOnce() throws Exception {
        try (var one = engine.client();
                var two = engine.client()) {
            var first = attached(one, "/v1.51/containers/c1/attach?stream=1&stdin=1&stdout=1", UPGRADE);
            var second = attached(two, "/v1.51/containers/c1/attach?stream=1&stdin=1&stdout=1", UPGRADE);
            first.ready();
            second.ready();
            one.head();
            two.head();
            first.write("same");
            second.write("same");
            first.out.onCompleted();
            assertThat(one.readToEnd()).isEqualTo("same");
            two.send("in").shutdownOutput();
            second.stdinClosed.get(5, SECONDS);
            second.out.onCompleted();
            assertThat(two.readToEnd()).isEqualTo("same");
            assertThat(first.input()).isEmpty();
            assertThat(second.input()).isEqualTo("in");
        }
    }

    @Test
    void anUnknownContainerIsRefusedOnTheRawStream() throws Exception {
        refused("/v1.51/containers/nosuch/attach?stream=1&stdout=1", 404, "No such container: nosuch\r\n");
    }

    @Test
    void invalidDetachKeysAreRefused() throws Exception {
        refused(
                "/v1.51/containers/c1/attach?stream=1&stdout=1&detachKeys=bogus-x",
                400,
                "Invalid detach keys (bogus-x) provided\r\n");
    }

    @Test
    void anAgentsRefusalIsTheClients() throws Exception {
        engine.agent.refusal = Optional.of(ErrorCode.NOT_RUNNING.with("c1"));
        refused("/v1.51/containers/c1/attach?stream=1&stdout=1", 409, "container c1 is not running\r\n");
    }

    private void refused(String target, int status, String message) throws IOException {
        try (var client = engine.client()) {
            var head = client.request("POST", target, "Content-Length: 0").head();
            assertThat(head.status()).isEqualTo(status);
            assertThat(head.headers()).containsOnlyKeys("content-type");
            assertThat(head.header("Content-Type")).isEqualTo("application/vnd.docker.raw-stream");
            assertThat(client.readToEnd()).isEqualTo(message);
        }
    }
}
