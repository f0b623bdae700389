package dev.gantry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.bench.FakeEngine.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {
    private static final Rounds ROUNDS = new Rounds(1, 2);
    private static final Scenario STARTS = Scenario.of("start", "bridge", ROUNDS, engine -> {
        engine.start("x");
        return 1;
    });

    @TempDir
    private Path sockets;

    @Test
    void countsTheRoundsAfterTheWarmUp() throws Exception {
        try (var good = fake("good", Map.of());
                var engine = good.engine(0)) {
            assertThat(ROUNDS.of(STARTS, List.of(engine)))
                    .containsExactly(new Outcome.Measured(List.of(Samples.of(List.of(1.0, 1.0)))));
            assertThat(good.requests.stream().filter("POST /v1.41/containers/x/start"::equals))
                    .hasSize(3);
        }
    }

    @Test
    void aFailureIsSaidAndLeavesTheOtherEngineAlone() throws Exception {
        try (var bad = fake("bad", Map.of("POST", new Reply(500, "no room")));
                var good = fake("good", Map.of());
                var first = bad.engine(0);
                var second = good.engine(1)) {
            var outcomes = ROUNDS.of(STARTS, List.of(first, second));
            assertThat(outcomes.getFirst().cell(0)).isEqualTo("failed");
            assertThat(outcomes.getLast().cell(0)).isEqualTo("1.0 (1.0–1.0)");

            var report = new Report(List.of(first, second));
            report.add(STARTS, outcomes);
            assertThat(report.complete()).isFalse();
            assertThat(report.toString())
                    .contains("| start, network bridge | ms | 1 + 2 | failed | 1.0 (1.0–1.0) |")
                    .contains("failed: Docker bad: start, network bridge:")
                    .contains("answered 500 no room");
        }
    }

    @Test
    void removesTheContainersOfAScenarioThatFailed() throws Exception {
        var left = Map.of(
                "POST", new Reply(500, ""),
                "GET /v1.41/containers/json", new Reply(200, "[{\"Id\":\"left\"}]"));
        try (var bad = fake("bad", left);
                var engine = bad.engine(0)) {
            ROUNDS.of(STARTS, List.of(engine));
            assertThat(bad.requests.getLast()).isEqualTo("DELETE /v1.41/containers/left?force=1");
        }
    }

    @Test
    void leavesOutAnEngineWithoutTheNetwork() throws Exception {
        try (var none = fake("none", Map.of("GET /v1.41/networks/bridge", new Reply(404, "{}")));
                var engine = none.engine(0)) {
            assertThat(ROUNDS.of(STARTS, List.of(engine))).containsExactly(new Outcome.Absent());
        }
    }

    private FakeEngine fake(String version, Map<String, Reply> replies) throws IOException {
        var all = new HashMap<>(Map.of(
                "GET /version", new Reply(200, "{\"Version\":\"" + version + "\"}"),
                "GET /v1.41/networks", new Reply(200, "{}"),
                "GET /v1.41/containers/json", new Reply(200, "[]")));
        all.putAll(replies);
        return new FakeEngine(sockets.resolve(version), all);
    }
}
