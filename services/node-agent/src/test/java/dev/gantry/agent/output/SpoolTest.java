package dev.gantry.agent.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.rpc.AttachOpen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    private Path directory;

    @Test
    void aReaderGetsTheRestOfASpoolThatIsRemoved() throws Exception {
        var spool = Spool.open(directory, 0);
        try (var session = new AttachSession(
                spool,
                AttachOpen.newBuilder()
                        .setStream(true)
                        .setStdout(true)
                        .setTty(true)
                        .build())) {
            spool.begin(1, 1);
            write(spool, "last words");
            spool.end(1, 3);
            spool.remove();
            assertThat(text(session)).isEqualTo("last words");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSessionSeesNeitherOlderOutputNorTheEndOfAnOlderRun() throws Exception {
        var spool = Spool.open(directory, 0);
        write(spool, "old");
        spool.end(1, 2);
        try (var session = new AttachSession(
                spool,
                AttachOpen.newBuilder()
                        .setStream(true)
                        .setStdout(true)
                        .setTty(true)
                        .build())) {
            write(spool, "new");
            spool.end(2, 4);
            assertThat(text(session)).isEqualTo("new");
        }
    }

    @Test
    void aSessionWithLogsBeginsWithTheOlderOutput() throws Exception {
        var spool = Spool.open(directory, 0);
        write(spool, "old,");
        spool.end(1, 2);
        var both = AttachOpen.newBuilder()
                .setStream(true)
                .setLogs(true)
                .setStdout(true)
                .setTty(true)
                .build();
        try (var session = new AttachSession(spool, both)) {
            write(spool, "new");
            spool.end(2, 4);
            assertThat(text(session)).isEqualTo("old,new");
        }
        var logs = AttachOpen.newBuilder()
                .setLogs(true)
                .setStdout(true)
                .setTty(true)
                .build();
        try (var session = new AttachSession(spool, logs)) {
            assertThat(text(session)).isEqualTo("old,new");
        }
    }

    @Test
    void continuesWhereItWasAfterARestart() throws Exception {
        write(Spool.open(directory, 0), "before,");
        var spool = Spool.open(directory, 5);
        write(spool, "after");
        spool.end(1, 9);
        try (var session = new AttachSession(
                spool,
                AttachOpen.newBuilder()
                        .setLogs(true)
                        .setStdout(true)
                        .setTty(true)
                        .build())) {
            assertThat(text(session)).isEqualTo("before,after");
        }
    }

    private static String text(AttachSession session) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        session.send(out::writeBytes);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void write(Spool spool, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        Files.write(spool.file(Stream.STDOUT), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        spool.spooled(Stream.STDOUT, bytes.length, 2);
    }
}
