package dev.gantry.gateway.containers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.ExecOpen;
import dev.gantry.contracts.rpc.NoteContainer;
import dev.gantry.contracts.rpc.ResizeTerminal;
import dev.gantry.gateway.testing.Engine;
import dev.gantry.gateway.testing.FakeAgent.Session;
import dev.gantry.gateway.testing.UnixClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ExecTest {
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Type: application/json";

    @AutoClose
    private final Engine engine = Engine.start();

    private String exec(boolean tty) {
        return engine.agent.exec(CreateExecRequest.newBuilder()
                .addCommand("sh")
                .setTty(tty)
                .setStdin(true)
                .setStdout(true)
                .setHeight(10)
                .setWidth(20)
                .build());
    }

    private Session started(UnixClient client, String exec, String body, String more) throws Exception {
        client.send("POST /v1.51/exec/" + exec + "/start HTTP/1.1\r\nHost: d\r\n" + UPGRADE + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body + more);
        return engine.agent.nextSession();
    }

    @Test
    void whatAnExecIsMadeOfReachesTheAgent() throws Exception {
        try (var client = engine.client()) {
            var answer = client.post("/v1.51/containers/c1/exec", """
                            {"Cmd":["sh","-c","x"],"Env":["A=1"],"User":"1:2","WorkingDir":"/w","Privileged":true,"Tty":true,
                            "ConsoleSize":[30,100],"AttachStdin":true,"AttachStdout":true,"AttachStderr":true,
                            "DetachKeys":"ctrl-a"}""").response(false);
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("{\"Id\":\"" + engine.agent.nextExec + "\"}\n");
            var inspect = client.get("/v1.51/exec/" + engine.agent.nextExec + "/json");
            assertThat(inspect.body()).contains("\"ExitCode\":null").contains("\"DetachKeys\":\"AQ==\"");
        }
        assertThat(engine.agent.created)
                .containsExactly(CreateExecRequest.newBuilder()
                        .setContainer("c".repeat(64))
                        .addAllCommand(List.of("sh", "-c", "x"))
                        .addEnv("A=1")
                        .setUser("1:2")
                        .setWorkingDir("/w")
                        .setPrivileged(true)
                        .setTty(true)
                        .setStdin(true)
                        .setStdout(true)
                        .setStderr(true)
                        .setDetachKeys("ctrl-a")
                        .setHeight(30)
                        .setWidth(100)
                        .build());
    }

    @Test
    void badCreatesAreRefusedWithTheirCause() throws Exception {
        refused("/v1.51/containers/c1/exec", "{\"Cmd\":7}", 400, "Cmd");
        refused("/v1.51/containers/c1/exec", "{\"Cmd\":[\"a\"],\"Tty\":\"x\"}", 400, "Tty");
        refused("/v1.51/containers/c1/exec", "{\"Cmd\":[\"a\\u0000b\"]}", 400, "NUL");
        refused("/v1.51/containers/c1/exec", "{\"Cmd\":[\"a\"],\"ConsoleSize\":[-1,2]}", 400, "ConsoleSize");
        refused("/v1.51/containers/c1/exec", "", 400, "No exec command specified");
        refused(
                "/v1.51/containers/c1/exec",
                "{\"Cmd\":[\"a\"],\"DetachKeys\":\"ctrl-ab\"}",
                400,
                "Invalid escape keys (ctrl-ab) provided");
        refused("/v1.51/containers/nosuch/exec", "{\"Cmd\":[\"a\"]}", 404, "No such container: nosuch");
        assertThat(engine.agent.created).isEmpty();
    }

    @Test
    void aContainerThatIsNotActiveTakesNoExec() throws Exception {
        state("paused");
        refused(
                "/v1.51/containers/c1/exec",
                "{\"Cmd\":[\"a\"]}",
                409,
                "Container c1 is paused, unpause the container before exec");
        state("exited");
        refused(
                "/v1.51/containers/c1/exec",
                "{\"Cmd\":[\"a\"]}",
                409,
                "container " + "c".repeat(64) + " is not running");
    }

    private void state(String word) {
        engine.services.locate(
                engine.services.location().toBuilder().setState(word).build());
    }

    @Test
    void badStartsAreRefusedBeforeTheConnectionIsTaken() throws Exception {
        var exec = exec(false);
        refused("/v1.51/exec/" + exec + "/start", "{\"Detach\":\"x\"}", 400, "Detach");
        refused("/v1.51/exec/" + exec + "/start", "{", 400, "invalid JSON");
        refused("/v1.51/exec/" + "d".repeat(64) + "/start", "{}", 404, "No such exec instance: " + "d".repeat(64));
        refused("/v1.51/exec/" + "c".repeat(64) + "/start", "{}", 404, "No such exec instance: " + "c".repeat(64));
        refused("/v1.51/exec/c1/start", "{\"Detach\":true}", 404, "No such exec instance: c1");
        assertThat(engine.agent.sessions).isEmpty();
    }

    private void refused(String target, String body, int status, String message) throws Exception {
        try (var client = engine.client()) {
            var answer = client.post(target, body).response(false);
            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Api-Version")).isEqualTo("1.51");
            assertThat(answer.body()).startsWith("{\"message\":").contains(message);
        }
    }

    @Test
    void stdinThatComesWithTheBodyIsNotLost() throws Exception {
        try (var client = engine.client()) {
            var session = started(client, exec(false), "{}", "eager bytes");
            session.ready();
            assertThat(client.head().status()).isEqualTo(101);
            client.shutdownOutput();
            session.stdinClosed.get(5, SECONDS);
            assertThat(session.input()).isEqualTo("eager bytes");
            session.write("out");
            session.out.onCompleted();
            assertThat(client.readToEnd()).isEqualTo("out");
        }
    }

    @Test
    void aChunkedBodyIsReadAsAnyOther() throws Exception {
        try (var client = engine.client()) {
            client.send("POST /v1.51/exec/" + exec(false) + "/start HTTP/1.1\r\nHost: d\r\n" + UPGRADE
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nafter");
            var session = engine.agent.sessions.poll(5, SECONDS);
            session.ready();
            assertThat(client.head().status()).isEqualTo(101);
            client.shutdownOutput();
            session.stdinClosed.get(5, SECONDS);
            assertThat(session.input()).isEqualTo("after");
        }
    }

    @Test
    void aDetachedStartIsAnsweredWhenItRunsAndTheConnectionGoesOn() throws Exception {
        engine.agent.readyAtOnce = true;
        var exec = exec(false);
        try (var client = engine.client()) {
            for (var i = 0; i < 3; i++) {
                var answer = client.post("/v1.51/exec/" + exec + "/start", "{\"Detach\":true}")
                        .response(false);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.headers()).doesNotContainKey("content-type");
            }
        }
        assertThat(engine.agent.sessions.take().exec.get())
                .isEqualTo(ExecOpen.newBuilder().setExec(exec).setDetach(true).build());
    }

    @Test
    void theStartsSizeCountsMoreThanTheCreates() throws Exception {
        var exec = exec(true);
        engine.agent.readyAtOnce = true;
        try (var one = engine.client();
                var two = engine.client()) {
            assertThat(started(one, exec, "{\"Tty\":true}", "").exec.get()).isEqualTo(open(exec, 10, 20));
            assertThat(started(two, exec, "{\"Tty\":true,\"ConsoleSize\":[30,100]}", "")
                            .exec
                            .get())
                    .isEqualTo(open(exec, 30, 100));
        }
    }

    private static ExecOpen open(String exec, int height, int width) {
        return ExecOpen.newBuilder()
                .setExec(exec)
                .setTty(true)
                .setHeight(height)
                .setWidth(width)
                .build();
    }

    @Test
    void aTerminalIsFramedForAClientThatAskedForNone() throws Exception {
        engine.agent.readyAtOnce = true;
        try (var client = engine.client()) {
            var session = started(client, exec(true), "{}", "");
            assertThat(client.head().header("Content-Type")).isEqualTo("application/vnd.docker.multiplexed-stream");
            session.write("x");
            session.out.onCompleted();
            assertThat(client.readToEnd()).isEqualTo("\u0001\0\0\0\0\0\0\u0001x");
        }
    }

    @Test
    void theDetachKeysLeaveAnExecWithTheEnginesWords() throws Exception {
        engine.agent.readyAtOnce = true;
        try (var client = engine.client()) {
            var session = started(client, exec(true), "{\"Tty\":true}", "");
            client.head();
            client.send("ls\u0010\u0011");
            assertThat(client.readToEnd())
                    .isEqualTo("exec attach failed: error on attach stdin: read escape sequence\r\n");
            session.cancelled.get(5, SECONDS);
            assertThat(session.input()).isEqualTo("ls");
            assertThat(session.stdinClosed).isNotDone();
        }
    }

    @Test
    void whatTheAgentRefusesIsToldOnTheStreamOrByTheStatus() throws Exception {
        var exec = exec(false);
        engine.agent.startRefusal = Optional.of(ErrorCode.EXEC_HAS_RUN.with(exec));
        try (var client = engine.client()) {
            client.post("/v1.51/exec/" + exec + "/start", "{}");
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.readToEnd()).endsWith("exec command " + exec + " has already run\r\n");
        }
        engine.agent.startRefusal = Optional.of(ErrorCode.NOT_RUNNING.with("c1"));
        refused("/v1.51/exec/" + exec + "/start", "{}", 409, "container c1 is not running");
    }

    @Test
    void aSlowClientSlowsTheAgentAndOneThatLeavesEndsTheSession() throws Exception {
        engine.agent.readyAtOnce = true;
        Session session;
        try (var client = engine.client()) {
            session = started(client, exec(false), "{}", "");
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
        }
        session.cancelled.get(5, SECONDS);
    }

    @Test
    void aResizeIsOnRecordAndAsksTheAgentOfATerminalAlone() throws Exception {
        try (var client = engine.client()) {
            assertThat(resize(client, "/containers/c1", "h=10&w=20")).isEqualTo(200);
            assertThat(engine.agent.resized).isEmpty();
            engine.services.locate(
                    engine.services.location().toBuilder().setTty(true).build());
            assertThat(resize(client, "/containers/c1", "h=30&w=100")).isEqualTo(200);
            assertThat(resize(client, "/exec/" + exec(true), "h=3&w=4")).isEqualTo(200);
        }
        var size = ResizeTerminal.newBuilder().setContainer("c".repeat(64));
        assertThat(engine.agent.resized)
                .containsExactly(
                        size.setHeight(30).setWidth(100).build(),
                        size.setHeight(3)
                                .setWidth(4)
                                .setExec(engine.agent.nextExec)
                                .build());
        assertThat(engine.services.notes)
                .extracting(NoteContainer::getAttributesMap)
                .containsExactly(Map.of("height", "10", "width", "20"), Map.of("height", "30", "width", "100"));
    }

    private static int resize(UnixClient client, String what, String size) throws Exception {
        return client.request("POST", "/v1.51" + what + "/resize?" + size, "Content-Length: 0")
                .response(false)
                .status();
    }

    @Test
    void sizesThatAreNoneAreRefused() throws Exception {
        refused("/v1.51/containers/c1/resize?h=x&w=1", "", 400, "invalid resize height \\\"x\\\": invalid syntax");
        refused("/v1.51/containers/c1/resize?h=1&w=-1", "", 400, "invalid resize width \\\"-1\\\": invalid syntax");
        state("exited");
        refused("/v1.51/containers/c1/resize?h=1&w=1", "", 409, "container " + "c".repeat(64) + " is not running");
    }
}
