package dev.gantry.scheduler.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of go-units' own test. */
class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "PT0.45S, Less than a second",
        "PT1S, 1 second",
        "PT45S, 45 seconds",
        "PT60S, About a minute",
        "PT3M, 3 minutes",
        "PT35M, 35 minutes",
        "PT35M40S, 35 minutes",
        "PT1H, About an hour",
        "PT1H25M, About an hour",
        "PT3H, 3 hours",
        "PT3H32M, 4 hours",
        "PT8H25M, 8 hours",
        "PT14H35M, 15 hours",
        "PT24H, 24 hours",
        "PT36H, 36 hours",
        "PT60H, 2 days",
        "P7D, 7 days",
        "P15D, 2 weeks",
        "P29D, 4 weeks",
        "P35D, 5 weeks",
        "P65D, 2 months",
        "P360D, 12 months",
        "P730D, 2 years",
    })
    void speaksAsDocker(Duration duration, String words) {
        assertThat(HumanDuration.of(duration)).isEqualTo(words);
    }
}
