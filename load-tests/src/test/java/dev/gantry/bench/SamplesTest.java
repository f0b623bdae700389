package dev.gantry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void takesTheMedianAndTheSpreadByNearestRank() {
        var samples = Samples.of(
                LongStream.rangeClosed(1, 100).map(i -> i * 1_000_000).boxed().toList());
        assertThat(samples.median()).isEqualTo(50_000_000);
        assertThat(samples.text()).isEqualTo("50.0 (10.0–90.0)");
    }

    @Test
    void survivesASingleSample() {
        assertThat(Samples.of(List.of(2_500_000L)).text()).isEqualTo("2.5 (2.5–2.5)");
    }
}
