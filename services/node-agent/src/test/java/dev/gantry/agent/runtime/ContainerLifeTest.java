package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.KillOrder;
import dev.gantry.contracts.rpc.StopOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContainerLifeTest {
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    @RegisterExtension
    private static final OwnAgent OWN = new OwnAgent("agt");

    private final TestAgent agent = OWN.agent();

    @Test
    void runsAProgramAndReportsItsEnd() {
        var id = TestAgent.newId();
        var outcome = agent.start(id, "echo", "hello");
        assertThat(outcome.hasRunning()).as("%s", outcome).isTrue();
        assertThat(agent.awaitExit(id)).isEqualTo(new TestAgent.Observation(1, 0, false));
        assertThat(agent.logs(id)).isEqualTo("hello\n");
        assertThat(agent.scheduler().of(id).getFirst().hasStarted()).isTrue();
        assertThat(agent.release(id).hasDone()).isTrue();
    }

    @Test
    void startsAgainWithWhatItWroteBefore() {
        var id = TestAgent.newId();
        agent.start(id, "sh", "-c", "echo run >> /file; cat /file; exit 3");
        assertThat(agent.awaitExit(id).exitCode()).isEqualTo(3);
        agent.start(id, "sh", "-c", "echo run >> /file; cat /file");
        Await.untilTrue("second end", () -> agent.awaitExit(id).run() == 2);
        assertThat(agent.logs(id)).isEqualTo("run\nrun\nrun\n");
        agent.release(id);
    }

    @Test
    void saysWhatDockerSaysOfAMissingProgram() {
        var id = TestAgent.newId();
        var failed = agent.start(id, "nosuchprogram").getFailed();
        assertThat(failed.getMessage())
                .startsWith("failed to create task for container: ")
                .endsWith("exec: \"nosuchprogram\": executable file not found in $PATH");
        assertThat(failed.getExitCode()).isEqualTo(127);
        assertThat(agent.scheduler().of(id)).isEmpty();
        agent.release(id);
    }

    @Test
    void saysWhatDockerSaysOfAFileThatIsNoProgram() {
        var id = TestAgent.newId();
        var failed = agent.start(id, "/etc/passwd").getFailed();
        assertThat(failed.getMessage()).endsWith("exec: \"/etc/passwd\": permission denied");
        assertThat(failed.getExitCode()).isEqualTo(126);
        var directoryFailed = agent.start(id, "/tmp").getFailed();
        assertThat(directoryFailed.getMessage()).endsWith("exec: \"/tmp\": is a directory: permission denied");
        agent.release(id);
    }

    @Test
    void refusesAnUnknownUser() {
        var id = TestAgent.newId();
        var failed = agent.start(id, c -> c.cmd(List.of("id")).user("nosuch"), h -> h)
                .getFailed();
        assertThat(failed.getMessage()).isEqualTo("unable to find user nosuch: no matching entries in passwd file");
        assertThat(failed.getExitCode()).isEqualTo(128);
        agent.release(id);
    }

    @Test
    void runsAsTheUserInTheWorkingDirectoryWithTheEnvironment() {
        var id = TestAgent.newId();
        agent.start(
                id,
                c -> c.cmd(List.of("sh", "-c", "id -u; pwd; echo $A $HOME; hostname"))
                        .user("me")
                        .workingDir("/tmp")
                        .hostname("box")
                        .env(List.of("A=b")),
                h -> h);
        agent.awaitExit(id);
        assertThat(agent.logs(id)).isEqualTo("1000\n/tmp\nb /home/me\nbox\n");
        agent.release(id);
    }

    @Test
    void stopsWithASignalThenKills() {
        var polite = TestAgent.newId();
        agent.start(polite, "sh", "-c", "trap 'exit 5' TERM; echo up; while :; do sleep 0.05; done");
        Await.untilTrue("up", () -> agent.logs(polite).contains("up"));
        assertThat(agent.stop(polite, SIGTERM, 10).hasDone()).isTrue();
        assertThat(agent.awaitExit(polite).exitCode()).isEqualTo(5);
        var stubborn = TestAgent.newId();
        agent.start(stubborn, "sleep", "1000");
        assertThat(agent.stop(stubborn, SIGTERM, 0).hasDone()).isTrue();
        assertThat(agent.awaitExit(stubborn).exitCode()).isEqualTo(137);
        agent.release(polite);
        agent.release(stubborn);
    }

    @Test
    void aKillOvertakesAStop() throws Exception {
        var id = TestAgent.newId();
        agent.start(id, "sh", "-c", "trap 'echo asked' TERM; echo up; while :; do sleep 0.05; done");
        Await.untilTrue("up", () -> agent.logs(id).contains("up"));
        var stop = agent.order(id);
        var kill = agent.order(id);
        var stopping = Thread.ofVirtual()
                .start(() -> agent.apply(
                        stop.setStop(StopOrder.newBuilder().setSignal(SIGTERM).setTimeoutSeconds(-1))));
        Await.untilTrue("the stop to wait", () -> agent.logs(id).contains("asked"));
        agent.apply(kill.setKill(KillOrder.newBuilder().setSignal(SIGKILL)));
        stopping.join();
        assertThat(agent.awaitExit(id).exitCode()).isEqualTo(137);
        agent.release(id);
    }

    @Test
    void answersARepeatFromTheJournalAndRefusesAnOlderGeneration() {
        var id = TestAgent.newId();
        var start = agent.startOrder(id, c -> c.cmd(List.of("true")), h -> h);
        var first = agent.apply(start);
        assertThat(agent.apply(start)).isEqualTo(first);
        agent.awaitExit(id);
        agent.release(id);
        assertThatThrownBy(() -> agent.apply(start)).hasMessageContaining("older than");
    }

    @Test
    void tellsOfAnOutOfMemoryKill() {
        var id = TestAgent.newId();
        agent.start(
                id, c -> c.cmd(List.of("sh", "-c", "x=$(yes | head -c 200000000); echo no")), h -> h.memory(16L << 20));
        var end = agent.awaitExit(id);
        assertThat(end.oomKilled()).isTrue();
        agent.release(id);
    }

    @Test
    void streamsToAClientThatAttachedBeforeTheStart() throws Exception {
        var id = TestAgent.newId();
        var call = agent.attach(AttachOpen.newBuilder()
                .setContainer(id)
                .setStream(true)
                .setStdout(true)
                .setStderr(true)
                .build());
        agent.start(id, "sh", "-c", "echo out; echo err >&2");
        assertThat(TestAgent.readAll(call).lines()).containsExactlyInAnyOrder("out", "err");
        agent.release(id);
    }

    @Test
    void feedsInputThatCameBeforeTheStartAndItsEnd() throws Exception {
        var id = TestAgent.newId();
        var call = agent.attach(AttachOpen.newBuilder()
                .setContainer(id)
                .setStream(true)
                .setStdin(true)
                .setStdinOnce(true)
                .setStdout(true)
                .build());
        call.write(AttachInput.newBuilder()
                .setStdin(ByteString.copyFromUtf8("line\n"))
                .build());
        call.halfClose();
        agent.start(id, c -> c.cmd(List.of("cat")).openStdin(true).stdinOnce(true), h -> h);
        assertThat(TestAgent.readAll(call)).isEqualTo("line\n");
        assertThat(agent.awaitExit(id).exitCode()).isZero();
        agent.release(id);
    }

    @Test
    void endsASessionWhoseContainerCannotStart() throws Exception {
        var id = TestAgent.newId();
        var call = agent.attach(AttachOpen.newBuilder()
                .setContainer(id)
                .setStream(true)
                .setStdout(true)
                .build());
        agent.start(id, "nosuchprogram");
        assertThat(TestAgent.readAll(call)).isEmpty();
        agent.release(id);
    }

    @Test
    void keepsAllOutputOfAProgramThatEndsAtOnce() {
        for (var i = 0; i < 50; i++) {
            var id = TestAgent.newId();
            agent.start(id, "seq", "1", "2000");
            agent.awaitExit(id);
            assertThat(agent.logs(id).lines().count()).isEqualTo(2000);
            agent.release(id);
        }
    }

    @Test
    void introducesItsNode() {
        Await.untilTrue("hello", () -> agent.scheduler().hello().isPresent());
        var hello = agent.scheduler().hello().orElseThrow();
        assertThat(hello.getNode()).isEqualTo("test-node");
        var facts = DockerJson.read(hello.getFacts().toByteArray(), NodeFacts.class);
        assertThat(facts.kernelVersion()).isEqualTo(System.getProperty("os.version"));
        assertThat(facts.memoryBytes()).isPositive();
        assertThat(facts.cgroupControllers()).contains("memory", "cpu", "pids");
    }
}
