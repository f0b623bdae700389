package dev.gantry.agent.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.journal.RestartState;
import dev.gantry.contracts.docker.container.RestartPolicy;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private static boolean again(String name, int retries, boolean stopped, int count, int exitCode) {
        return Policy.startsAgain(
                new RestartPolicy(name, retries), new RestartState(stopped, count, false, false), exitCode);
    }

    @Test
    void alwaysAndUnlessStoppedStartAgainWhateverTheExit() {
        assertThat(again("always", 0, false, 100, 0)).isTrue();
        assertThat(again("unless-stopped", 0, false, 100, 137)).isTrue();
        assertThat(again("no", 0, false, 0, 1)).isFalse();
        assertThat(again("", 0, false, 0, 1)).isFalse();
    }

    @Test
    void onFailureCountsItsTries() {
        assertThat(again("on-failure", 0, false, 0, 0)).isFalse();
        assertThat(again("on-failure", 0, false, 1000, 1)).isTrue();
        assertThat(again("on-failure", 2, false, 1, 1)).isTrue();
        assertThat(again("on-failure", 2, false, 2, 1)).isFalse();
    }

    @Test
    void nothingStartsAgainThatSomebodyStopped() {
        assertThat(Stream.of("always", "unless-stopped", "on-failure")).noneMatch(name -> again(name, 0, true, 0, 137));
    }

    @Test
    void pausesDoubleToAMinuteAndBeginAnewAfterALongRun() {
        var pauses = Stream.iterate(Policy.pause(Duration.ZERO, SHORT), pause -> Policy.pause(pause, SHORT))
                .limit(12)
                .map(Duration::toMillis)
                .toList();
        assertThat(pauses)
                .containsExactly(
                        100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 51_200L, 60_000L, 60_000L);
        assertThat(Policy.pause(Duration.ofMinutes(1), Duration.ofSeconds(10))).isEqualTo(Duration.ofMillis(100));
    }
}
