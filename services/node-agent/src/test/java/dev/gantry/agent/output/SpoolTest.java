package dev.gantry.agent.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.SpoolPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final AttachOpen LIVE =
            AttachOpen.newBuilder().setStream(true).setStdout(true).setTty(true).build();
    private static final AttachOpen LOGS =
            LIVE.toBuilder().setStream(false).setLogs(true).build();

    @TempDir
    private Path directory;

    @Test
    void aReaderGetsTheRestOfASpoolThatIsRemoved() throws Exception {
        var spool = Spool.open(directory, 0);
        try (var session = new AttachSession(spool, LIVE)) {
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
        try (var session = new AttachSession(spool, LIVE)) {
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
        var both = LIVE.toBuilder().setLogs(true).build();
        try (var session = new AttachSession(spool, both)) {
            write(spool, "new");
            spool.end(2, 4);
            assertThat(text(session)).isEqualTo("old,new");
        }
        try (var session = new AttachSession(spool, LOGS)) {
            assertThat(text(session)).isEqualTo("old,new");
        }
    }

    @Test
    void continuesWhereItWasAfterARestart() throws Exception {
        write(Spool.open(directory, 0), "before,");
        var spool = Spool.open(directory, 5);
        write(spool, "after");
        spool.end(1, 9);
        try (var session = new AttachSession(spool, LOGS)) {
            assertThat(text(session)).isEqualTo("before,after");
        }
    }

    @Test
    void anotherSessionGoesOnWhereOneBrokeOff() throws Exception {
        var spool = Spool.open(directory, 0);
        var session = new AttachSession(spool, LIVE);
        spool.begin(1, 1);
        write(spool, "short,");
        write(spool, "x".repeat(200_000) + ",");
        write(spool, "last");
        spool.end(1, 3);
        spool.begin(2, 4);
        write(spool, "of another run");
        var messages = 6;
        for (var delivered = 0; delivered <= messages; delivered++) {
            var out = new ByteArrayOutputStream();
            var place = breakOff(new AttachSession(spool, at(session.place())), delivered, out);
            var again = Spool.open(directory, 9);
            try (var rest = new AttachSession(again, at(place))) {
                assertThat(out.toString(StandardCharsets.UTF_8) + text(rest))
                        .as("broken off after %d messages", delivered)
                        .isEqualTo("short," + "x".repeat(200_000) + ",last");
            }
        }
        session.close();
    }

    private static AttachOpen at(SpoolPlace place) {
        return LIVE.toBuilder().setResume(place).build();
    }

    /** @return the place that came with the last message that was delivered */
    private static SpoolPlace breakOff(AttachSession session, int messages, ByteArrayOutputStream out)
            throws InterruptedException {
        var place = new AtomicReference<>(session.place());
        var left = new AtomicInteger(messages);
        try (session) {
            session.send((bytes, after) -> {
                if (left.getAndDecrement() == 0) {
                    throw new CancellationException("broken off");
                }
                out.writeBytes(bytes);
                place.set(after);
            });
        } catch (CancellationException broken) {
            assertThat(left).hasNegativeValue();
        }
        return Objects.requireNonNull(place.get());
    }

    private static String text(AttachSession session) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        session.send((bytes, _) -> out.writeBytes(bytes));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void write(Spool spool, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        Files.write(spool.file(Stream.STDOUT), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        spool.spooled(Stream.STDOUT, bytes.length, 2);
    }
}
