package dev.gantry.agent.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final long NOW = 99;

    @Test
    void keepsAWholeIndexAsItIs() {
        var marks = List.of(new Mark.Begin(1, 1), chunk(2, Stream.STDOUT, 0, 5), chunk(3, Stream.STDERR, 0, 2));
        var recovered = Recovery.of(bytes(marks), Map.of(Stream.STDOUT, 5L, Stream.STDERR, 2L), NOW);
        assertThat(recovered.marks()).isEqualTo(marks);
        assertThat(recovered.kept()).isEqualTo(3);
    }

    @Test
    void givesARecordToBytesThatWereSplicedJustBeforeTheKill() {
        var recovered = Recovery.of(
                bytes(List.of(chunk(2, Stream.STDOUT, 0, 5))), Map.of(Stream.STDOUT, 12L, Stream.STDERR, 0L), NOW);
        assertThat(recovered.marks()).endsWith(chunk(NOW, Stream.STDOUT, 5, 7));
        assertThat(recovered.kept()).isEqualTo(1);
    }

    @Test
    void dropsRecordsOfBytesThatAHostCrashTook() {
        var marks = List.of(chunk(1, Stream.STDOUT, 0, 5), chunk(2, Stream.STDOUT, 5, 5));
        var recovered = Recovery.of(bytes(marks), Map.of(Stream.STDOUT, 7L, Stream.STDERR, 0L), NOW);
        assertThat(recovered.marks()).containsExactly(chunk(1, Stream.STDOUT, 0, 5), chunk(NOW, Stream.STDOUT, 5, 2));
    }

    @Test
    void coversEveryByteOnceWhereverTheIndexIsCut() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var lengths = new EnumMap<Stream, Long>(Map.of(Stream.STDOUT, 0L, Stream.STDERR, 0L));
        var marks = randomMarks(random, lengths);
        var index = bytes(marks);
        for (var cut = 0; cut <= index.length; cut++) {
            var recovered = Recovery.of(Arrays.copyOf(index, cut), lengths, NOW);
            assertThat(covered(recovered.marks()))
                    .as("seed %d cut %d", seed, cut)
                    .isEqualTo(lengths);
        }
    }

    private static List<Mark> randomMarks(Random random, Map<Stream, Long> lengths) {
        var marks = new ArrayList<Mark>();
        for (var i = 0; i < 40; i++) {
            var stream = random.nextBoolean() ? Stream.STDOUT : Stream.STDERR;
            var length = 1 + random.nextInt(100);
            marks.add(chunk(i, stream, lengths.getOrDefault(stream, 0L), length));
            lengths.merge(stream, (long) length, Long::sum);
        }
        return marks;
    }

    /** The end of each stream's chunks, which must follow one another without gap or overlap. */
    private static Map<Stream, Long> covered(List<Mark> marks) {
        var ends = new EnumMap<Stream, Long>(Map.of(Stream.STDOUT, 0L, Stream.STDERR, 0L));
        for (var mark : marks) {
            if (mark instanceof Mark.Chunk chunk) {
                assertThat(chunk.offset()).isEqualTo(ends.get(chunk.stream()));
                ends.put(chunk.stream(), chunk.end());
            }
        }
        return ends;
    }

    private static Mark.Chunk chunk(long at, Stream stream, long offset, int length) {
        return new Mark.Chunk(at, stream, offset, length);
    }

    private static byte[] bytes(List<? extends Mark> marks) {
        var all = ByteBuffer.allocate(marks.size() * MarkCodec.BYTES);
        marks.forEach(mark -> all.put(MarkCodec.encode(mark)));
        return all.array();
    }
}
