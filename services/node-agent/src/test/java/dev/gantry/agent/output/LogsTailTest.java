package dev.gantry.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.rpc.LogsRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last lines of a spool are the last of all its lines, but only the end of the spool is read for them. */
class LogsTailTest {
    private static final int ROUNDS = 60;

    @TempDir
    private Path directory;

    private static void write(Spool spool, Stream stream, long at, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        Files.write(spool.file(stream), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        spool.spooled(stream, bytes.length, at);
    }

    private static LogsRequest.Builder last(long tail) {
        return LogsRequest.newBuilder()
                .setStdout(true)
                .setStderr(true)
                .setTimestamps(true)
                .setTail(tail);
    }

    /** The lines, each with its stream's number before it. */
    private static List<String> lines(Spool spool, LogsRequest.Builder request) throws InterruptedException {
        var bytes = new ByteArrayOutputStream();
        new Logs(spool, LogSelection.of(request.build()), bytes::writeBytes).send();
        var lines = new ArrayList<String>();
        for (var in = ByteBuffer.wrap(bytes.toByteArray()); in.hasRemaining(); ) {
            var stream = in.getInt() >> 24;
            var line = new byte[in.getInt()];
            in.get(line);
            lines.add(stream + " " + new String(line, StandardCharsets.UTF_8));
        }
        return lines;
    }

    @Test
    void areTheEndOfTheWhole() throws Exception {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var place = Files.createDirectory(directory.resolve("round-" + round));
            var spool = Spool.open(place, 0);
            fill(spool, random);
            var whole = lines(spool, last(-1));
            for (var read : List.of(spool, Spool.open(place, 0))) {
                for (var tail : new int[] {0, 1, 2, 3, 7, whole.size(), 1_000}) {
                    assertThat(lines(read, last(tail)))
                            .as("seed %d, round %d, tail %d", seed, round, tail)
                            .isEqualTo(whole.subList(Math.max(0, whole.size() - tail), whole.size()));
                }
            }
        }
    }

    /** Short lines, lines in pieces, lines longer than the longest, of both streams and of several runs. */
    private static void fill(Spool spool, Random random) throws IOException {
        var at = 1L;
        for (var mark = random.nextInt(60); mark > 0; mark--) {
            var stream = random.nextInt(3) == 0 ? Stream.STDERR : Stream.STDOUT;
            switch (random.nextInt(14)) {
                case 0 -> spool.begin(1, at++);
                case 1 -> spool.end(1, at++);
                case 2 -> write(spool, stream, at++, "x".repeat(1 + random.nextInt(3 * Lines.LONGEST)));
                case 3 -> write(spool, stream, at++, "y".repeat(Lines.LONGEST));
                default -> {
                    var text = new StringBuilder();
                    for (var i = 1 + random.nextInt(6); i > 0; i--) {
                        text.append(random.nextInt(3) == 0 ? '\n' : (char) ('a' + random.nextInt(26)));
                    }
                    write(spool, stream, at++, text.toString());
                }
            }
        }
    }

    @Test
    void areFoundWithoutReadingWhatIsLongBefore() throws Exception {
        var spool = Spool.open(directory, 0);
        spool.begin(1, 1);
        for (var at = 1L; at <= 3_000; at++) {
            write(spool, at % 10 == 0 ? Stream.STDERR : Stream.STDOUT, at, "line " + at + "\n");
        }
        damage(directory.resolve("output.index"));
        damage(directory.resolve("output.1"));
        damage(directory.resolve("output.2"));
        assertThatThrownBy(() -> lines(spool, last(-1))).hasRootCauseMessage("record 0 is damaged");
        assertThat(lines(spool, last(2)))
                .containsExactly(
                        "1 1970-01-01T00:00:00.000002999Z line 2999\n", "2 1970-01-01T00:00:00.000003000Z line 3000\n");
    }

    /** Leaves the last part as it is. */
    private static void damage(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate((int) (channel.size() / 2)), 0);
        }
    }

    @Test
    void areFollowedByWhatComesThen() throws Exception {
        var spool = Spool.open(directory, 0);
        spool.begin(1, 1);
        write(spool, Stream.STDOUT, 2, "first\nsecond\nthi");
        var caughtUp = new CountDownLatch(1);
        var bytes = new ByteArrayOutputStream();
        var reader = Thread.ofVirtual().start(() -> {
            try {
                new Logs(
                                spool,
                                LogSelection.of(last(1).setTimestamps(false)
                                        .setTty(true)
                                        .setFollow(true)
                                        .build()),
                                some -> {
                                    bytes.writeBytes(some);
                                    caughtUp.countDown();
                                })
                        .send();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        caughtUp.await();
        write(spool, Stream.STDOUT, 3, "rd\n");
        spool.end(1, 4);
        reader.join();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("second\nthird\n");
    }

    @Test
    void mayBeNoneAtAll() throws Exception {
        assertThat(lines(Spool.open(directory, 0), last(5))).isEmpty();
    }
}
