package dev.gantry.e2e.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.fault.Soak;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platforms;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 200 operations of four clients while processes are killed: what the clients were told and what is there afterwards tell one story. With
 * each service in a process of its own, so that there is more to kill.
 */
@ExtendWith(Platforms.class)
class RandomWalkTest {
    private static final int SHORT = 5;
    private static final int LONG = 100;

    static LongStream seeds() {
        return LongStream.generate(Soak::seed).limit(Soak.on() ? LONG : SHORT);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithItsModel(long seed) {
        var platform = Platforms.of(Packaging.SEPARATE_PROCESSES);
        assertThat(new Walk(platform, seed).run()).as("seed " + seed).isEmpty();
    }
}
