package dev.gantry.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
    @TempDir
    Path directory;

    @Test
    void keepsThreeOldOnesAndForgetsTheOldest() throws IOException {
        var rotation = new LogRotation(directory, 3, 3);
        for (var generation = 1; generation <= 5; generation++) {
            Files.writeString(directory.resolve("a.log"), "log " + generation);
            rotation.run();
        }

        assertThat(directory.resolve("a.log")).isEmptyFile();
        assertThat(directory.resolve("a.log.1")).hasContent("log 5");
        assertThat(directory.resolve("a.log.3")).hasContent("log 3");
        assertThat(directory.resolve("a.log.4")).doesNotExist();
    }

    @Test
    void aWriterThatKeepsItsFileOpenGoesOnAtTheBeginning() throws IOException {
        var log = directory.resolve("a.log");
        try (var writer = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writer.write("before".getBytes(StandardCharsets.UTF_8));
            new LogRotation(directory, 3, 3).run();
            writer.write("after".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(log).hasContent("after");
    }

    @Test
    void leavesASmallLogAlone() throws IOException {
        Files.writeString(directory.resolve("a.log"), "abc");

        new LogRotation(directory, 3, 3).run();

        assertThat(directory.resolve("a.log")).hasContent("abc");
        assertThat(directory.resolve("a.log.1")).doesNotExist();
    }
}
