package dev.gantry.scheduler.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntilTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1h, 2026-11-21T09:00:00Z",
        "1h30m, 2026-11-21T08:30:00Z",
        "1.5s, 2026-11-21T09:59:58.500Z",
        "2020-01-01, 2020-01-01T00:00:00Z",
        "2020-01-01T01:02:03, 2020-01-01T01:02:03Z",
        "2020-01-01T01:02:03+01:00, 2020-01-01T00:02:03Z",
        "1577836800, 2020-01-01T00:00:00Z",
        "1577836800.25, 2020-01-01T00:00:00.250Z",
    })
    void readsWhatDockerReads(String given, Instant meant) {
        assertThat(UntilTime.parse(given, NOW)).isEqualTo(meant);
    }

    @Test
    void refusesTheRest() {
        for (var given : new String[] {"", "soon", "1x", "-1h", "9".repeat(200), "9".repeat(300) + "h"}) {
            assertThatThrownBy(() -> UntilTime.parse(given, NOW)).hasMessageContaining("failed to parse value");
        }
    }
}
