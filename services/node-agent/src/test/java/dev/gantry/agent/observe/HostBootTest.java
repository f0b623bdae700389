package dev.gantry.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostBootTest {
    @TempDir
    private Path run;

    private int firsts;

    private String begin() {
        var boot = new HostBoot(run.resolve("pids"));
        boot.begin(() -> firsts++);
        return boot.name();
    }

    @Test
    void isTheSameForEveryAgentUntilTheDirectoryIsEmptied() throws IOException {
        var first = begin();
        assertThat(first).isNotBlank().isEqualTo(begin());
        assertThat(firsts).isEqualTo(1);

        Files.delete(run.resolve("pids/boot"));
        assertThat(begin()).isNotBlank().isNotEqualTo(first);
        assertThat(firsts).isEqualTo(2);
    }

    @Test
    void anAgentThatWasKilledBeforeItLeftANameLeftNone() throws IOException {
        assertThatThrownBy(() -> new HostBoot(run).begin(() -> {
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        Files.createDirectory(run.resolve("pids"));
        Files.writeString(run.resolve("pids/boot"), "");

        assertThat(begin()).isNotBlank();
        assertThat(firsts).isEqualTo(1);
    }
}
