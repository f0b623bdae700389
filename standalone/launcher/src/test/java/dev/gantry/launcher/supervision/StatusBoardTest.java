package dev.gantry.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusBoardTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void showsEachPartInTheOrderOfItsAnnouncement() throws IOException {
        var file = directory.resolve("status");
        var board = new StatusBoard(file);
        board.announce("one");
        board.announce("two");
        board.set("one", State.READY, Optional.empty());
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("one\tREADY\t-\t-\t"),
                        two -> assertThat(two).startsWith("two\tWAITING\t-\t-\t"));
        assertThat(board.allReady()).isFalse();
    }

    /** As on a full disk. */
    @Test
    void goesOnWhereItCannotBeWrittenAndCatchesUp() throws IOException {
        var missing = directory.resolve("missing");
        var board = new StatusBoard(missing.resolve("status"));
        board.announce("one");
        board.set("one", State.READY, Optional.empty());
        assertThat(board.allReady()).isTrue();
        Files.createDirectory(missing);
        board.catchUp();
        assertThat(missing.resolve("status")).content().startsWith("one\tREADY");
    }
}
