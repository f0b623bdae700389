package dev.gantry.service.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceTest {
    @Test
    void isCalledGantryUnlessTheEnvironmentSaysOtherwise() {
        assertThat(Instance.from(Map.of()).dockerSocket()).isEqualTo(Path.of("/run/gantry/docker.sock"));
        assertThat(Instance.from(Map.of("GANTRY_INSTANCE", "blue")).data()).isEqualTo(Path.of("/var/lib/blue"));
        assertThat(Instance.from(Map.of("GANTRY_INSTANCE", "blue", "GANTRY_DATA", "/srv/b"))
                        .data())
                .isEqualTo(Path.of("/srv/b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "1st", "a/b", "..", "twelve-chars", "a b", "a\0b"})
    void refusesNamesThatAPathOrABridgeCannotCarry(String name) {
        assertThatThrownBy(() -> Instance.named(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesEachPortANumberOfItsOwnBelowTheEphemeralOnes() {
        for (var name : new String[] {"gantry", "blue", "e2e-one", "z"}) {
            var ports =
                    Arrays.stream(Port.values()).map(Instance.named(name)::port).toList();
            assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port > 1024 && port < 32_768);
        }
    }
}
