package dev.gantry.scheduler.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void aSlashInFrontIsTakenOff() {
        assertThat(ContainerName.validated("/c4")).isEqualTo("c4");
    }

    @Test
    void oneCharacterIsTooShortAndOthersAreNotAllowed() {
        for (var bad : new String[] {"a", "", "/", "bad name!", "-x", "a/b", "ä1", "x".repeat(256)}) {
            assertThatThrownBy(() -> ContainerName.validated(bad))
                    .hasMessage("Invalid container name (" + bad + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        }
    }

    @Test
    void inventedNamesAreValid() {
        var random = new Random(1);
        for (var attempt = 0; attempt < 500; attempt++) {
            var name = InventedNames.invent(random, attempt % 3);
            assertThat(ContainerName.validated(name)).isEqualTo(name);
        }
    }
}
