package dev.gantry.agent.output;

import com.google.protobuf.ByteString;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * A place in a spool from which lines can be read without what lies before it.
 *
 * @param mark the number of the mark to begin with
 * @param begun what the lines that are open there have so far
 * @param lastAt when the last bytes before it came; 0 if there are none in that run
 */
record LineStart(long mark, Map<Stream, ByteString> begun, long lastAt) {
    private static final int PIECE = 64 << 10;

    /**
     * Goes back from the end until so many newlines, and with them at least as many lines, lie behind.
     *
     * @param end how many marks count
     * @param used the streams that anything was ever written to
     */
    static LineStart ofLast(long lines, Cursor cursor, long end, Set<Stream> used) {
        var mark = end;
        for (var newlines = 0L; mark > 0 && newlines < lines; ) {
            mark--;
            if (cursor.at(mark) instanceof Mark.Chunk chunk) {
                newlines += newlines(cursor, chunk);
            }
        }
        return at(mark, cursor, used);
    }

    private static long newlines(Cursor cursor, Mark.Chunk chunk) {
        var count = 0L;
        for (var from = chunk.offset(); from < chunk.end(); from += PIECE) {
            for (var one : cursor.read(chunk.stream(), from, (int) Math.min(PIECE, chunk.end() - from))) {
                count += one == '\n' ? 1 : 0;
            }
        }
        return count;
    }

    /** Goes on back to where the open line of each stream began. */
    private static LineStart at(long mark, Cursor cursor, Set<Stream> used) {
        var open = new EnumMap<Stream, OpenLine>(Stream.class);
        var lastAt = 0L;
        for (var before = mark - 1; before >= 0 && !allBegun(open, used); before--) {
            if (!(cursor.at(before) instanceof Mark.Chunk chunk)) {
                break; // lines do not go on from one run to the next
            }
            lastAt = lastAt == 0 ? chunk.at() : lastAt;
            open.computeIfAbsent(chunk.stream(), _ -> new OpenLine(chunk.end())).reachBack(cursor, chunk);
        }
        var begun = new EnumMap<Stream, ByteString>(Stream.class);
        open.forEach((stream, line) -> begun.put(stream, line.read(cursor, stream)));
        return new LineStart(mark, begun, lastAt);
    }

    private static boolean allBegun(Map<Stream, OpenLine> open, Set<Stream> used) {
        return open.keySet().containsAll(used) && open.values().stream().allMatch(line -> line.begins);
    }

    /** From its beginning, as far as that is known, to where its stream stands. */
    private static final class OpenLine {
        private final long end;
        private long start;
        private boolean begins;

        OpenLine(long end) {
            this.end = end;
        }

        /** Looks for its beginning in what came right before. */
        void reachBack(Cursor cursor, Mark.Chunk chunk) {
            if (!begins) {
                var newline = lastNewline(cursor, chunk);
                begins = newline >= 0;
                start = begins ? newline + 1 : chunk.offset();
            }
        }

        /** Of a line longer than the longest only the last part is open. */
        ByteString read(Cursor cursor, Stream stream) {
            var length = (int) ((end - start) % Lines.LONGEST);
            return ByteString.copyFrom(cursor.read(stream, end - length, length));
        }
    }

    /** Its offset, or -1. */
    private static long lastNewline(Cursor cursor, Mark.Chunk chunk) {
        for (var to = chunk.end(); to > chunk.offset(); ) {
            var from = Math.max(chunk.offset(), to - PIECE);
            var bytes = cursor.read(chunk.stream(), from, (int) (to - from));
            for (var i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return from + i;
                }
            }
            to = from;
        }
        return -1;
    }
}
