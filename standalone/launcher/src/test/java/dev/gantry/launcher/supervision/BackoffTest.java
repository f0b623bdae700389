package dev.gantry.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    @Test
    void doublesFromOneSecondToThirty() {
        var pauses = new ArrayList<Long>();
        var backoff = Backoff.fresh();
        for (var i = 0; i < 7; i++) {
            pauses.add(backoff.pause(SHORT).toSeconds());
            backoff = backoff.after(SHORT);
        }

        assertThat(pauses).isEqualTo(List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L));
    }

    @Test
    void aProcessThatRanForAMinuteBeginsAnew() {
        var tired = Backoff.fresh().after(SHORT).after(SHORT).after(SHORT);

        assertThat(tired.pause(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(tired.after(Duration.ofMinutes(1))).isEqualTo(Backoff.fresh());
    }
}
