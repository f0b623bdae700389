package dev.gantry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void takesTheMedianAndTheSpreadByNearestRank() {
        var samples = Samples.of(
                IntStream.rangeClosed(1, 100).mapToObj(i -> (double) (101 - i)).toList());
        assertThat(samples.median()).isEqualTo(50);
        assertThat(samples.percentile(0.99)).isEqualTo(99);
        assertThat(samples.text()).isEqualTo("50.0 (10.0–90.0)");
    }

    @Test
    void survivesASingleSample() {
        assertThat(Samples.of(List.of(2.5)).text()).isEqualTo("2.5 (2.5–2.5)");
    }
}
