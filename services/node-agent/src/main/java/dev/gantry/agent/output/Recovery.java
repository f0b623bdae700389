package dev.gantry.agent.output;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an index says after a crash, made true again: records that are torn or point beyond their file are cut off, and bytes that no
 * record knows get one. Pure: from the index's bytes and the files' lengths to the marks.
 *
 * @param marks all that hold
 * @param kept how many of them the file already has, from its beginning
 * @param lengths the spooled bytes by stream
 */
record Recovery(List<Mark> marks, int kept, Map<Stream, Long> lengths) {

    /** @param now the time that bytes without a record get, nanoseconds since the epoch */
    static Recovery of(byte[] index, Map<Stream, Long> lengths, long now) {
        var marks = new ArrayList<>(whole(index, lengths));
        var kept = marks.size();
        var indexed = ends(marks);
        lengths.forEach((stream, length) -> {
            for (var from = indexed.getOrDefault(stream, 0L); from < length; ) {
                var piece = (int) Math.min(length - from, Integer.MAX_VALUE);
                marks.add(new Mark.Chunk(now, stream, from, piece));
                from += piece;
            }
        });
        return new Recovery(List.copyOf(marks), kept, Map.copyOf(lengths));
    }

    private static List<Mark> whole(byte[] index, Map<Stream, Long> lengths) {
        var marks = new ArrayList<Mark>();
        var next = ends(marks);
        var bytes = ByteBuffer.wrap(index);
        for (var at = 0; at + MarkCodec.BYTES <= index.length; at += MarkCodec.BYTES) {
            var mark = MarkCodec.decode(bytes, at);
            if (mark.isEmpty() || !follows(mark.get(), next, lengths)) {
                break;
            }
            marks.add(mark.get());
        }
        return marks;
    }

    private static boolean follows(Mark mark, Map<Stream, Long> next, Map<Stream, Long> lengths) {
        if (!(mark instanceof Mark.Chunk chunk)) {
            return true;
        }
        var fits = chunk.length() > 0
                && chunk.offset() == next.getOrDefault(chunk.stream(), 0L)
                && chunk.end() <= lengths.getOrDefault(chunk.stream(), 0L);
        if (fits) {
            next.put(chunk.stream(), chunk.end());
        }
        return fits;
    }

    private static Map<Stream, Long> ends(List<Mark> marks) {
        var ends = new EnumMap<Stream, Long>(Stream.class);
        for (var stream : Stream.values()) {
            ends.put(stream, 0L);
        }
        for (var mark : marks) {
            if (mark instanceof Mark.Chunk chunk) {
                ends.put(chunk.stream(), chunk.end());
            }
        }
        return ends;
    }
}
