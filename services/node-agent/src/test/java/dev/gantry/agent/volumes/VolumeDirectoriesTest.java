package dev.gantry.agent.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeDirectoriesTest {
    @TempDir
    private Path temporary = Path.of("");

    @Test
    void makingAndRemovingTwiceIsAsOnce() throws IOException {
        var volumes = new VolumeDirectories(temporary.resolve("volumes"));
        var data = volumes.make("v1");
        assertThat(data).isEqualTo(temporary.resolve("volumes/v1/_data"));
        Files.writeString(data.resolve("f"), "12345");
        assertThat(volumes.make("v1")).isEqualTo(data);
        assertThat(data.resolve("f")).hasContent("12345");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve("volumes"))))
                .isEqualTo("rwx-----x");
        assertThat(volumes.remove("v1")).isEqualTo(5);
        assertThat(volumes.remove("v1")).isZero();
        assertThat(temporary.resolve("volumes/v1")).doesNotExist();
    }

    @Test
    void aNameThatLeadsElsewhereIsRefused() {
        var volumes = new VolumeDirectories(temporary.resolve("volumes"));
        for (var name : new String[] {"", ".", "..", "a/b", "../x", "-x", "a\nb", "x".repeat(256)}) {
            assertThatThrownBy(() -> volumes.make(name)).hasMessageContaining("is no name of a volume");
            assertThatThrownBy(() -> volumes.remove(name)).hasMessageContaining("is no name of a volume");
        }
        assertThat(temporary.resolve("volumes")).doesNotExist();
    }
}
