package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.docker.container.RestartPolicy;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Restart policies on real processes, through the deaths of agents. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartTest {
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    private final String cgroup = "agr" + ProcessHandle.current().pid();
    private Path directory = Path.of("");
    private ForkedAgent agent;

    @BeforeAll
    void begin(@TempDir Path temporary) throws Exception {
        directory = temporary;
        var images = Files.createDirectory(directory.resolve("image"));
        agent = new ForkedAgent(directory, cgroup, images, TestImage.build(images));
    }

    @AfterAll
    void end() throws Exception {
        agent.close();
        Leftovers.check(cgroup, directory);
    }

    private Outcome start(String id, String policy, int retries, String script) {
        return agent.calls()
                .start(
                        id,
                        c -> c.cmd(List.of("sh", "-c", script)),
                        h -> h.restartPolicy(new RestartPolicy(policy, retries)));
    }

    private List<Observation> seen(String id) {
        return agent.calls().scheduler().of(id);
    }

    private void awaitStarts(String id, int count) {
        Await.untilTrue(
                count + " starts of " + id,
                () -> seen(id).stream().filter(Observation::hasStarted).count() >= count);
    }

    private Observation last(String id) {
        return seen(id).getLast();
    }

    @Test
    void startsAgainAsOftenAsItMayAndSaysSo() {
        var id = TestAgent.newId();
        start(id, "on-failure", 2, "echo run; exit 3");
        Await.untilTrue(
                "the last end",
                () -> last(id).hasExited() && !last(id).getExited().getRestarting());
        assertThat(seen(id)).extracting(Observation::getRun).containsExactly(1L, 1L, 2L, 2L, 3L, 3L);
        assertThat(seen(id)).extracting(Observation::getGeneration).containsOnly(1L);
        assertThat(seen(id).stream()
                        .filter(Observation::hasExited)
                        .map(o -> o.getExited().getRestarting()))
                .containsExactly(true, true, false);
        assertThat(agent.calls().logs(id)).isEqualTo("run\nrun\nrun\n");
        agent.calls().release(id);
    }

    @Test
    void aSuccessIsNoFailure() {
        var id = TestAgent.newId();
        start(id, "on-failure", 0, "exit 0");
        assertThat(agent.calls().awaitExit(id).exitCode()).isZero();
        assertThat(last(id).getExited().getRestarting()).isFalse();
        agent.calls().release(id);
    }

    @Test
    void aStopEndsThePause() {
        var id = TestAgent.newId();
        start(id, "always", 0, "exit 0");
        awaitStarts(id, 4); // the next pause is 0.8 s
        Await.untilTrue("an end", () -> last(id).hasExited());
        assertThat(agent.calls().stop(id, SIGTERM, 10).hasDone()).isTrue();
        Await.untilTrue(
                "given up",
                () -> last(id).hasRestartGivenUp()
                        || (last(id).hasExited() && !last(id).getExited().getRestarting()));
        var facts = seen(id).size();
        assertThat(agent.calls().stop(id, SIGTERM, 10).hasDone()).isTrue();
        agent.calls().release(id);
        assertThat(seen(id)).hasSize(facts);
    }

    @Test
    void whatWasStoppedByHandStaysStoppedThroughTheNextAgent() throws Exception {
        var id = TestAgent.newId();
        start(id, "unless-stopped", 0, "sleep 1000");
        agent.calls().stop(id, SIGKILL, 10);
        assertThat(agent.calls().awaitExit(id).exitCode()).isEqualTo(137);
        assertThat(last(id).getExited().getRestarting()).isFalse();
        agent.kill();
        agent.start();
        var other = TestAgent.newId();
        start(other, "no", 0, "exit 0");
        agent.calls().awaitExit(other);
        assertThat(seen(id)).hasSize(2);
        agent.calls().release(id);
        agent.calls().release(other);
    }

    @Test
    void whatDiedWithItsHostComesBackWithTheNextAgentOnly() throws Exception {
        var back = TestAgent.newId();
        var gone = TestAgent.newId();
        var pid = start(back, "always", 0, "echo run; sleep 1000").getRunning().getPid();
        var other = start(gone, "no", 0, "sleep 1000").getRunning().getPid();
        Await.untilTrue("its output", () -> agent.calls().logs(back).equals("run\n"));
        agent.kill();
        // with its monitor, as when the host loses power
        for (var process : List.of(pid, other)) {
            var first = ProcessHandle.of(process).orElseThrow();
            first.parent().filter(RestartTest::isMonitor).ifPresent(ProcessHandle::destroyForcibly);
            first.destroyForcibly();
            Await.untilTrue("its death", () -> isDead(process));
        }
        agent.start();
        awaitStarts(back, 2);
        Await.untilTrue("its output", () -> agent.calls().logs(back).equals("run\nrun\n"));
        assertThat(last(back).getRun()).isEqualTo(2);
        assertThat(last(back).getGeneration()).isEqualTo(1);
        Await.untilTrue("the end of the other", () -> last(gone).hasExited());
        assertThat(last(gone).getExited().getRestarting()).isFalse();
        agent.calls().release(back);
        agent.calls().release(gone);
    }

    /** Or about to be buried: its parent may be whoever was made the reaper of orphans, which need not care. */
    private static boolean isDead(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException gone) {
            return true;
        }
    }

    private static boolean isMonitor(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/exe"))
                    .toString()
                    .startsWith("/memfd:");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void aPauseOutlivesTheAgent() throws Exception {
        var id = TestAgent.newId();
        start(id, "always", 0, "exit 1");
        awaitStarts(id, 3);
        agent.kill();
        agent.start();
        awaitStarts(id, 6);
        assertThat(agent.calls().kill(id, SIGKILL)).isNotNull();
        agent.calls().release(id);
        assertThat(seen(id).stream().filter(Observation::hasStarted).map(Observation::getRun))
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
