package dev.gantry.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpliceTest {
    @TempDir
    Path directory;

    @Test
    void movesABoundedPieceToItsPlaceAndTellsTheEnd() throws IOException {
        Kernel kernel = Kernel.real();
        Path path = Files.writeString(directory.resolve("spool"), "before ");
        FileCalls.Pipe pipe = kernel.pipe2(0);
        Splice splice = new Splice(kernel);
        try (Fd read = Fd.own(kernel, pipe.readEnd());
                Fd write = Fd.own(kernel, pipe.writeEnd());
                Fd file = Fd.own(kernel, kernel.open(path.toString(), FileCalls.O_WRONLY, 0))) {
            assertThat(splice.turn(read, file, 7, 100)).isEqualTo(new Splice.Turn.Moved(0));
            kernel.write(write.number(), "0123456789".getBytes(StandardCharsets.UTF_8));
            assertThat(splice.turn(read, file, 7, 4)).isEqualTo(new Splice.Turn.Moved(4));
            assertThat(splice.turn(read, file, 11, 100)).isEqualTo(new Splice.Turn.Moved(6));
            kernel.close(write.release());
            assertThat(splice.turn(read, file, 17, 100)).isEqualTo(new Splice.Turn.End());
        }
        assertThat(path).hasContent("before 0123456789");
    }
}
