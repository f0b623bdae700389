package dev.gantry.agent.output;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes lines of chunks. As in Docker a line that has not ended is held back until it ends, is longer than {@value #LONGEST} bytes, or its
 * run is over.
 */
final class Lines {
    static final int LONGEST = 16 << 10;

    private final Consumer<Line> out;
    private final Map<Stream, ByteArrayOutputStream> open = new EnumMap<>(Stream.class);
    private long lastAt;

    Lines(Consumer<Line> out) {
        this.out = out;
        for (var stream : Stream.values()) {
            open.put(stream, new ByteArrayOutputStream());
        }
    }

    /** Goes on where others have read: with the lines that are open there. */
    void resume(LineStart start) {
        lastAt = start.lastAt();
        start.begun().forEach((stream, bytes) -> buffer(stream).writeBytes(bytes.toByteArray()));
    }

    void add(Stream stream, long at, byte[] bytes) {
        lastAt = at;
        for (var from = 0; from < bytes.length; ) {
            from = addPiece(stream, at, bytes, from);
        }
    }

    /** Takes up to the next newline or to the longest line; answers where it stopped. */
    private int addPiece(Stream stream, long at, byte[] bytes, int from) {
        var line = buffer(stream);
        var limit = Math.min(bytes.length, from + LONGEST - line.size());
        var end = from;
        while (end < limit && bytes[end] != '\n') {
            end++;
        }
        var ended = end < limit;
        var stop = ended ? end + 1 : end;
        line.write(bytes, from, stop - from);
        if (ended || line.size() == LONGEST) {
            flush(stream, at);
        }
        return stop;
    }

    /** The run is over: what was held back is a line too. */
    void end() {
        for (var stream : Stream.values()) {
            if (buffer(stream).size() > 0) {
                flush(stream, lastAt);
            }
        }
    }

    private void flush(Stream stream, long at) {
        var line = buffer(stream);
        out.accept(new Line(stream, at, ByteString.copyFrom(line.toByteArray())));
        line.reset();
    }

    private ByteArrayOutputStream buffer(Stream stream) {
        var line = open.get(stream);
        if (line == null) {
            throw new IllegalStateException("no buffer for " + stream);
        }
        return line;
    }
}
