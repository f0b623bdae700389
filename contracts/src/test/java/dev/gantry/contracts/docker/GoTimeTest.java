package dev.gantry.contracts.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GoTimeTest {
    @Test
    void trimsTrailingZeros() {
        assertThat(GoTime.format(Instant.ofEpochSecond(0, 0))).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(GoTime.format(Instant.ofEpochSecond(0, 1))).isEqualTo("1970-01-01T00:00:00.000000001Z");
        assertThat(GoTime.format(Instant.ofEpochSecond(0, 500_000_000))).isEqualTo("1970-01-01T00:00:00.5Z");
        assertThat(GoTime.format(Instant.ofEpochSecond(0, 120_340_000))).isEqualTo("1970-01-01T00:00:00.12034Z");
        assertThat(GoTime.format(GoTime.ZERO)).isEqualTo("0001-01-01T00:00:00Z");
    }

    @Test
    void readsWhatItWrote() {
        long seed = 20260101;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            assertThat(GoTime.parse(GoTime.format(time))).as("seed %d", seed).isEqualTo(time);
        }
    }
}
