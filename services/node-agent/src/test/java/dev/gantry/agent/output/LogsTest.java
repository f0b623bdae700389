package dev.gantry.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.LogsRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
    @TempDir
    private Path directory;

    private Spool spool;

    @BeforeEach
    void open() {
        spool = Spool.open(directory, 0);
    }

    @Test
    void sendsOneFramePerLine() throws Exception {
        write(Stream.STDOUT, 1, "1\n3\n");
        write(Stream.STDERR, 2, "2\n");
        assertThat(logs(all())).isEqualTo(frame(1, "1\n") + frame(1, "3\n") + frame(2, "2\n"));
    }

    @Test
    void joinsALineThatCameInPieces() throws Exception {
        write(Stream.STDOUT, 1, "he");
        write(Stream.STDERR, 2, "x\n");
        write(Stream.STDOUT, 3, "llo\n");
        assertThat(logs(all())).isEqualTo(frame(2, "x\n") + frame(1, "hello\n"));
    }

    @Test
    void holdsBackALineThatHasNotEndedUntilItsRunIsOver() throws Exception {
        write(Stream.STDOUT, 1, "prompt> ");
        assertThat(logs(all())).isEmpty();
        spool.end(1, 2);
        assertThat(logs(all())).isEqualTo(frame(1, "prompt> "));
    }

    @Test
    void cutsALineThatIsTooLong() throws Exception {
        write(Stream.STDOUT, 1, "x".repeat(Lines.LONGEST) + "y\n");
        assertThat(logs(all())).isEqualTo(frame(1, "x".repeat(Lines.LONGEST)) + frame(1, "y\n"));
    }

    @Test
    void writesTimesWithNineDigits() throws Exception {
        write(Stream.STDOUT, 1_795_253_947_340_935_785L, "1\n");
        write(Stream.STDOUT, 1_795_253_947_340_000_000L, "2\n");
        assertThat(logs(all().setTimestamps(true)))
                .isEqualTo(frame(1, "2026-11-21T09:39:07.340935785Z 1\n")
                        + frame(1, "2026-11-21T09:39:07.340000000Z 2\n"));
    }

    @Test
    void putsABlankWhereDetailsWouldStand() throws Exception {
        write(Stream.STDOUT, 1_795_253_947_340_935_785L, "1\n");
        assertThat(logs(all().setDetails(true))).isEqualTo(frame(1, " 1\n"));
        assertThat(logs(all().setDetails(true).setTimestamps(true)))
                .isEqualTo(frame(1, "2026-11-21T09:39:07.340935785Z  1\n"));
    }

    @Test
    void countsTheTailBeforeChoosingStreams() throws Exception {
        write(Stream.STDOUT, 1, "1\n");
        write(Stream.STDERR, 2, "2\n");
        write(Stream.STDOUT, 3, "3\n");
        assertThat(logs(all().setTail(2).setStderr(false))).isEqualTo(frame(1, "3\n"));
        assertThat(logs(all().setTail(0))).isEmpty();
        assertThat(logs(all().setTail(100)).lines()).hasSize(3);
    }

    @Test
    void choosesByTime() throws Exception {
        for (var at = 1; at <= 4; at++) {
            write(Stream.STDOUT, at, at + "\n");
        }
        assertThat(logs(all().setSince(2).setUntil(3))).isEqualTo(frame(1, "2\n") + frame(1, "3\n"));
    }

    @Test
    void sendsATerminalsBytesAsTheyAre() throws Exception {
        write(Stream.STDOUT, 1, "x\r\n");
        assertThat(logs(all().setTty(true))).isEqualTo("x\r\n");
    }

    @Test
    void refusesToReadNoStream() {
        var none = LogsRequest.newBuilder().build();
        assertThatThrownBy(() -> LogSelection.of(none))
                .isInstanceOf(GantryException.class)
                .hasMessageContaining("you must choose at least one stream");
    }

    @Test
    void followsNothingWhenTheLastRunHasEnded() throws Exception {
        spool.begin(1, 1);
        write(Stream.STDOUT, 2, "x\n");
        spool.end(1, 3);
        assertThat(logs(all().setFollow(true))).isEqualTo(frame(1, "x\n"));
    }

    @Test
    void followsUntilTheRunEnds() throws Exception {
        spool.begin(1, 1);
        write(Stream.STDOUT, 1, "early\n");
        var out = new ByteArrayOutputStream();
        var caughtUp = new CountDownLatch(1);
        var reader = Thread.ofVirtual().start(() -> read(out, caughtUp));
        caughtUp.await();
        write(Stream.STDOUT, 2, "la");
        write(Stream.STDOUT, 3, "te");
        spool.end(1, 4);
        reader.join();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(frame(1, "early\n") + frame(1, "late"));
    }

    private void read(ByteArrayOutputStream out, CountDownLatch caughtUp) {
        try {
            new Logs(spool, LogSelection.of(all().setFollow(true).build()), bytes -> {
                        out.writeBytes(bytes);
                        caughtUp.countDown();
                    })
                    .send();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String logs(LogsRequest.Builder request) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        new Logs(spool, LogSelection.of(request.build()), out::writeBytes).send();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static LogsRequest.Builder all() {
        return LogsRequest.newBuilder().setStdout(true).setStderr(true).setTail(-1);
    }

    private static String frame(int stream, String text) {
        return new String(
                Frames.of(Stream.of(stream), text.getBytes(StandardCharsets.UTF_8), false), StandardCharsets.UTF_8);
    }

    private void write(Stream stream, long at, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        Files.write(spool.file(stream), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        spool.spooled(stream, bytes.length, at);
    }
}
