package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.rpc.Observation;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentKilledTest {
    private static final int SIGTERM = 15;

    @TempDir
    private Path directory;

    private final String cgroup = "agk" + ProcessHandle.current().pid();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private ForkedAgent agent;

    @BeforeEach
    void begin() throws Exception {
        var imageDirectory = Files.createDirectory(directory.resolve("image"));
        agent = new ForkedAgent(directory, cgroup, imageDirectory, TestImage.build(imageDirectory));
    }

    @AfterEach
    void end() throws Exception {
        agent.close();
        Leftovers.check(cgroup, directory);
    }

    @Test
    void losesAndDoublesNoByteOfTwentyPrintingContainers() throws Exception {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 20; i++) {
            var id = TestAgent.newId();
            ids.add(id);
            var started = agent.calls()
                    .start(
                            id,
                            "sh",
                            "-c",
                            "trap 'echo end; exit 7' TERM; i=0; while :; do echo line $i; i=$((i+1)); [ $((i % 50)) = 0 ] &&"
                                    + " sleep 0.02; done");
            assertThat(started.hasRunning()).as("%s", started).isTrue();
        }
        for (var kill = 0; kill < 4; kill++) {
            Thread.sleep(200 + random.nextInt(400));
            agent.kill();
            agent.start();
        }
        for (var id : ids) {
            assertThat(agent.calls().stop(id, SIGTERM, 10).hasDone()).isTrue();
            assertThat(agent.calls().awaitExit(id).exitCode())
                    .as("seed %d", seed)
                    .isEqualTo(7);
        }
        for (var id : ids) {
            assertComplete(agent.calls().logs(id).lines().toList());
            agent.calls().release(id);
        }
    }

    private void assertComplete(List<String> lines) {
        var expected = new ArrayList<>(
                IntStream.range(0, lines.size() - 1).mapToObj(i -> "line " + i).toList());
        expected.add("end");
        assertThat(lines).as("seed %d", seed).isEqualTo(expected).hasSizeGreaterThan(100);
    }

    @Test
    void tellsOfAnEndThatHappenedWhileTheAgentWasAway() throws Exception {
        var id = TestAgent.newId();
        agent.calls().start(id, "sh", "-c", "sleep 0.5; echo last words; exit 9");
        agent.kill();
        Thread.sleep(1000);
        agent.start();
        assertThat(agent.calls().awaitExit(id).exitCode()).isEqualTo(9);
        assertThat(agent.calls().logs(id)).isEqualTo("last words\n");
        assertThat(agent.calls().scheduler().of(id))
                .extracting(Observation::getSequence)
                .containsExactly(1L, 2L);
        agent.calls().release(id);
    }

    @Test
    void losesNoEndAndNoLastWordsHoweverOftenTheAgentIsKilled() throws Exception {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 12; i++) {
            var id = TestAgent.newId();
            ids.add(id);
            agent.calls().start(id, "sh", "-c", "sleep 0." + (1 + random.nextInt(9)) + "; seq 1 5000; exit " + i);
        }
        for (var kill = 0; kill < 3; kill++) {
            LockSupport.parkNanos(random.nextInt(50_000_000));
            agent.kill();
            agent.start();
        }
        for (var i = 0; i < ids.size(); i++) {
            assertThat(agent.calls().awaitExit(ids.get(i)).exitCode())
                    .as("seed %d", seed)
                    .isEqualTo(i);
            assertThat(agent.calls().logs(ids.get(i)).lines().toList())
                    .as("seed %d", seed)
                    .isEqualTo(IntStream.rangeClosed(1, 5000)
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(agent.calls().scheduler().of(ids.get(i)))
                    .as("seed %d", seed)
                    .hasSize(2);
            agent.calls().release(ids.get(i));
        }
    }

    @Test
    void finishesOrRepeatsAStartThatWasCutOff() throws Exception {
        for (var attempt = 0; attempt < 3; attempt++) {
            var id = TestAgent.newId();
            var order = agent.calls().startOrder(id, c -> c.cmd(List.of("sh", "-c", "echo once; sleep 1000")), h -> h);
            var starting = Thread.ofVirtual().start(() -> {
                try {
                    agent.calls().apply(order.clone());
                } catch (StatusRuntimeException killed) {
                    // that is the point
                }
            });
            LockSupport.parkNanos(random.nextInt(12_000_000));
            agent.kill();
            agent.start();
            starting.join();
            assertThat(agent.calls().apply(order).hasRunning())
                    .as("seed %d", seed)
                    .isTrue();
            Await.untilTrue("output", () -> agent.calls().logs(id).equals("once\n"));
            agent.calls().release(id);
            assertThat(agent.calls().awaitExit(id).exitCode()).isEqualTo(137);
        }
    }
}
