package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.ExecInput;
import dev.gantry.contracts.rpc.ExecOpen;
import dev.gantry.contracts.rpc.Observation;
import io.grpc.stub.BlockingClientCall;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Further processes in a container, through the agent's calls. */
class ExecTest {
    private static final int SIGKILL = 9;
    private static final int PIECES = Integer.getInteger("gantry.test.exec.pieces", 320);
    private static final int ROUNDS = Integer.getInteger("gantry.test.exec.rounds", 100);
    private static final String FAILED = "OCI runtime exec failed: exec failed: unable to start container process: ";

    @RegisterExtension
    private static final OwnAgent OWN = new OwnAgent("age");

    private static String container = "";

    private final TestAgent agent = OWN.agent();

    @BeforeAll
    static void begin() {
        container = sleeping();
    }

    @AfterAll
    static void end() {
        OWN.agent().release(container);
    }

    private static String sleeping() {
        var id = TestAgent.newId();
        var started = OWN.agent().start(id, c -> c.cmd(List.of("sleep", "1000")).env(List.of("A=1", "B=2")), h -> h);
        assertThat(started.hasRunning()).as("%s", started).isTrue();
        return id;
    }

    @Test
    void runsAProgramAndTellsOfIt() throws Exception {
        var done = agent.exec(container, "sh", "-c", "echo out; exit 6");
        assertThat(done.said()).isEqualTo("out\n");
        assertThat(done.exitCode()).isEqualTo(6);
        assertThat(done.id()).startsWith(container.substring(0, 24)).matches("[0-9a-f]{64}");
        Await.untilTrue("its end", () -> facts(container, done.id()).contains("died 6"));
        assertThat(facts(container, done.id()))
                .containsExactly("created sh -c echo out; exit 6", "started sh -c echo out; exit 6", "died 6");
        var state = agent.inspectExec(done.id());
        assertThat(state.getRunning()).isFalse();
        assertThat(state.getPid()).isPositive();
        assertThat(state.getConfig().getCommandList()).containsExactly("sh", "-c", "echo out; exit 6");
    }

    private List<String> facts(String of, String exec) {
        return agent.scheduler().of(of).stream()
                .flatMap(o -> fact(o, exec).stream())
                .toList();
    }

    private static List<String> fact(Observation o, String exec) {
        return switch (o.getFactCase()) {
            case EXEC_CREATED ->
                only(
                        exec,
                        o.getExecCreated().getExec(),
                        "created " + o.getExecCreated().getCommand());
            case EXEC_STARTED ->
                only(
                        exec,
                        o.getExecStarted().getExec(),
                        "started " + o.getExecStarted().getCommand());
            case EXEC_DIED ->
                only(exec, o.getExecDied().getExec(), "died " + o.getExecDied().getExitCode());
            case EXEC_FAILED -> only(exec, o.getExecFailed().getExec(), "failed");
            case EXITED -> List.of("exited");
            case STARTED, OOM, RESTART_GIVEN_UP, FACT_NOT_SET -> List.of();
        };
    }

    private static List<String> only(String wanted, String exec, String text) {
        return wanted.equals(exec) ? List.of(text) : List.of();
    }

    @Test
    void takesEnvironmentUserAndDirectoryFromTheContainerAndTheRequest() throws Exception {
        var done = agent.exec(
                container,
                request -> request.addEnv("B=3").addEnv("C=4").setUser("me").setWorkingDir("/tmp"),
                "sh",
                "-c",
                "echo $A $B $C $HOME; id -u; id -g; pwd; hostname");
        assertThat(done.said()).isEqualTo("1 3 4 /home/me\n1000\n1000\n/tmp\n" + container.substring(0, 12) + "\n");
    }

    @Test
    void isAsConfinedAsItsContainer() throws Exception {
        var script =
                "exec 2>&1; grep -E '^(Cap|NoNew|Seccomp:)' /proc/self/status; cat /proc/self/cgroup; cat /proc/kcore | head -c 1";
        var id = TestAgent.newId();
        agent.start(id, "sh", "-c", script + "; sleep 1000");
        Await.untilTrue("its words", () -> agent.logs(id).lines().count() > 8);
        assertThat(agent.exec(id, "sh", "-c", script).said()).isEqualTo(agent.logs(id));
        var privileged = agent.exec(id, request -> request.setPrivileged(true), "sh", "-c", script);
        assertThat(privileged.said()).contains("Seccomp:\t2").isNotEqualTo(agent.logs(id));
        agent.release(id);
    }

    @Test
    void saysOnTheStreamWhyItCouldNotBeStarted() throws Exception {
        assertThat(agent.exec(container, "nosuch"))
                .satisfies(e -> assertThat(e.said())
                        .isEqualTo(FAILED + "exec: \"nosuch\": executable file not found in $PATH\r\n"))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(127));
        assertThat(agent.exec(container, "/etc/passwd"))
                .satisfies(e -> assertThat(e.said()).isEqualTo(FAILED + "exec: \"/etc/passwd\": permission denied\r\n"))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(126));
        assertThat(agent.exec(container, request -> request.setWorkingDir("/nosuch"), "true"))
                .satisfies(
                        e -> assertThat(e.said())
                                .isEqualTo(
                                        FAILED
                                                + "chdir to cwd (\"/nosuch\") set in config.json failed: no such file or directory\r\n"))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(127));
    }

    @Test
    void answersADetachedStartThatFailsWithTheError() {
        var id = agent.createExec(container, request -> request, "nosuch");
        assertThatThrownBy(
                        () -> agent.startExec(ExecOpen.newBuilder().setExec(id).setDetach(true)))
                .hasMessageContaining(FAILED + "exec: \"nosuch\": executable file not found in $PATH");
        assertThat(agent.inspectExec(id).getExitCode()).isEqualTo(127);
        Await.untilTrue(
                "nobody counts on it",
                () -> facts(container, id).equals(List.of("created nosuch", "started nosuch", "failed")));
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        var id = TestAgent.newId();
        agent.start(id, "true");
        agent.awaitExit(id);
        Await.untilTrue("its end", () -> refused(id));
        assertThatThrownBy(() -> agent.createExec(id, request -> request, "true"))
                .hasMessageContaining("container " + id + " is not running");
        assertThatThrownBy(() -> agent.createExec(container, request -> request))
                .hasMessageContaining("No exec command specified");
        assertThatThrownBy(() -> agent.createExec(container, request -> request.setUser("nosuch"), "true"))
                .hasMessageContaining("unable to find user nosuch: no matching entries in passwd file");
        assertThatThrownBy(() -> agent.inspectExec("nosuch")).hasMessageContaining("No such exec instance: nosuch");
        var once = agent.exec(container, "true").id();
        assertThat(TestAgent.readAll(agent.startExec(ExecOpen.newBuilder().setExec(once))))
                .isEqualTo("exec command " + once + " has already run\r\n");
        agent.release(id);
    }

    private boolean refused(String id) {
        try {
            agent.createExec(id, request -> request, "true");
            return false;
        } catch (io.grpc.StatusRuntimeException refused) {
            return true;
        }
    }

    @Test
    void carriesManyBytesInAndOutUnchanged() throws Exception {
        var id = agent.createExec(container, request -> request.setStdin(true).setStderr(false), "cat");
        var call = agent.startExec(ExecOpen.newBuilder().setExec(id).setTty(true)); // raw, to count the bytes
        var fed = CompletableFuture.supplyAsync(() -> feed(call));
        var digest = MessageDigest.getInstance("SHA-256");
        for (var next = call.read(); next != null; next = call.read()) {
            digest.update(next.getBytes().asReadOnlyByteBuffer());
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(fed.get());
        assertThat(agent.inspectExec(id).getExitCode()).isZero();
    }

    private static String feed(BlockingClientCall<ExecInput, AttachOutput> call) {
        try {
            var random = new Random(7);
            var digest = MessageDigest.getInstance("SHA-256");
            var piece = new byte[64 << 10];
            for (var i = 0; i < PIECES; i++) {
                random.nextBytes(piece);
                digest.update(piece);
                call.write(ExecInput.newBuilder()
                        .setStdin(ByteString.copyFrom(piece))
                        .build());
            }
            call.halfClose();
            return HexFormat.of().formatHex(digest.digest());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aClientThatDoesNotReadStopsItsProcessAndNobodyElse() throws Exception {
        var id = agent.createExec(container, request -> request, "sh", "-c", "yes 0123456789abcde | head -c 30000000");
        var stalled = agent.startExec(ExecOpen.newBuilder().setExec(id));
        assertThat(agent.exec(container, "echo", "meanwhile").said()).isEqualTo("meanwhile\n");
        assertThat(agent.inspectExec(id).getRunning()).isTrue();
        assertThat(TestAgent.readAll(stalled)).hasSize(30_000_000);
        assertThat(agent.inspectExec(id).getExitCode()).isZero();
    }

    @Test
    void aClientThatLeavesDoesNotEndTheProcess() throws Exception {
        var id = agent.createExec(container, request -> request, "sh", "-c", "yes | head -c 5000000; exit 3");
        var call = agent.startExec(ExecOpen.newBuilder().setExec(id));
        assertThat(call.read()).isNotNull();
        call.cancel("leaving", null);
        Await.untilTrue("its end", () -> !agent.inspectExec(id).getRunning());
        assertThat(agent.inspectExec(id).getExitCode()).isEqualTo(3);
    }

    @Test
    void runsDetachedWithoutAnyoneReading() throws Exception {
        var id = agent.createExec(container, request -> request, "sh", "-c", "echo x; cat; echo $? > /tmp/detached");
        assertThat(agent.startExec(ExecOpen.newBuilder().setExec(id).setDetach(true))
                        .read())
                .isNull();
        Await.untilTrue("its end", () -> !agent.inspectExec(id).getRunning());
        assertThat(agent.exec(container, "cat", "/tmp/detached").said()).isEqualTo("0\n");
    }

    @Test
    void hasATerminalThatCanBeTypedAtAndResized() throws Exception {
        var id = agent.createExec(
                container,
                request -> request.setTty(true).setStdin(true),
                "sh",
                "-c",
                "busybox tty; busybox stty size; read x; busybox stty size; echo $TERM");
        var call = agent.startExec(
                ExecOpen.newBuilder().setExec(id).setTty(true).setHeight(30).setWidth(100));
        readUntil(call, "30 100\r\n");
        agent.resize("", id, 12, 34);
        call.write(
                ExecInput.newBuilder().setStdin(ByteString.copyFromUtf8("go\n")).build());
        assertThat(rest(call)).contains("12 34\r\nxterm\r\n");
    }

    static void readUntil(BlockingClientCall<?, AttachOutput> call, String text) throws Exception {
        var seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            var next = call.read();
            if (next == null) {
                throw new AssertionError("ended after: " + seen);
            }
            seen.append(next.getBytes().toStringUtf8());
        }
    }

    static String rest(BlockingClientCall<?, AttachOutput> call) throws Exception {
        var seen = new StringBuilder();
        for (var next = call.read(); next != null; next = call.read()) {
            seen.append(next.getBytes().toString(StandardCharsets.UTF_8));
        }
        return seen.toString();
    }

    @Test
    void endsWithItsContainerAndIsToldOfBeforeIt() throws Exception {
        var id = sleeping();
        var exec = agent.createExec(id, request -> request, "sh", "-c", "echo up; sleep 1000");
        var call = agent.startExec(ExecOpen.newBuilder().setExec(exec));
        readUntil(call, "up\n");
        assertThat(agent.inspectExec(exec).getRunning()).isTrue();
        agent.kill(id, SIGKILL);
        assertThat(call.read()).isNull();
        agent.awaitExit(id);
        assertThat(facts(id, exec)).endsWith("died 137", "exited");
        assertThat(agent.inspectExec(exec).getExitCode()).isEqualTo(137);
        agent.release(id);
    }

    @Test
    void doesNotWaitForWhatAProcessLeavesBehind() throws Exception {
        assertThat(agent.exec(container, "sh", "-c", "sleep 1000 & echo done").said())
                .isEqualTo("done\n");
    }

    @Test
    void losesNoOutputOfAProcessThatEndsAtOnce() throws Exception {
        for (var i = 0; i < ROUNDS; i++) {
            assertThat(agent.exec(container, "echo", "round " + i).said()).isEqualTo("round " + i + "\n");
        }
    }

    @Test
    void isBounded() throws Exception {
        var id = sleeping();
        for (var i = 0; i < 1_000; i++) {
            var _ = agent.createExec(id, request -> request, "true");
        }
        assertThatThrownBy(() -> agent.createExec(id, request -> request, "true"))
                .hasMessageContaining("has 1000 exec commands that have not ended");
        agent.release(id);
    }
}
