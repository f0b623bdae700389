package dev.gantry.launcher.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Finding STAYS = finding("stays");

    private long now;
    private final AtomicInteger looks = new AtomicInteger();

    private static Finding finding(String kind) {
        return new Finding(kind, "container", "what", List.of(), List.of(), "remedy");
    }

    /** @param seen at the first, second, ... look */
    private List<Finding> settled(IntFunction<List<Finding>> seen) throws InterruptedException {
        return new Settling(
                        () -> seen.apply(looks.getAndIncrement()),
                        Duration.ofSeconds(5),
                        () -> now,
                        pause -> now += pause.toNanos())
                .findings();
    }

    @Test
    void oneLookIsEnoughWhereAllAgrees() throws InterruptedException {
        assertThat(settled(look -> List.of())).isEmpty();
        assertThat(looks).hasValue(1);
    }

    @Test
    void whatPassesIsNoDisagreement() throws InterruptedException {
        assertThat(settled(look -> look < 3 ? List.of(STAYS) : List.of())).isEmpty();
    }

    @Test
    void whatStaysIsOne() throws InterruptedException {
        assertThat(settled(look -> List.of(STAYS))).containsExactly(STAYS);
        assertThat(now).isGreaterThanOrEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void whatComesLaterMustStayAsLong() throws InterruptedException {
        var later = finding("later");

        assertThat(settled(look -> look < 5 ? List.of(STAYS) : List.of(STAYS, later)))
                .containsExactly(STAYS, later);
        assertThat(now).isGreaterThanOrEqualTo(Duration.ofSeconds(7).toNanos());
    }

    @Test
    void aPlatformThatNeverRestsIsToldApart() throws InterruptedException {
        var seen = settled(look -> {
            var findings = new ArrayList<>(List.of(STAYS));
            findings.add(finding("look " + look));
            return findings;
        });

        assertThat(seen).containsExactly(STAYS);
        assertThat(now).isLessThan(Duration.ofSeconds(20).toNanos());
    }
}
