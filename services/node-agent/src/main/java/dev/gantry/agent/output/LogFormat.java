package dev.gantry.agent.output;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How a line goes to a reader of logs: with its time in front where asked for, in a frame of its own where it is no terminal's. */
final class LogFormat {
    /** Docker's RFC3339NanoFixed: always nine digits. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z' ").withZone(ZoneOffset.UTC);

    private static final ByteString BLANK = ByteString.copyFromUtf8(" ");

    private static final long SECOND = 1_000_000_000L;

    private LogFormat() {}

    static byte[] format(Line line, LogSelection selection) {
        var told = selection.details() ? BLANK.concat(line.bytes()) : line.bytes();
        var text = selection.timestamps() ? time(line.at()).concat(told) : told;
        return Frames.of(line.stream(), text.toByteArray(), selection.raw());
    }

    private static ByteString time(long at) {
        var instant = Instant.ofEpochSecond(Math.floorDiv(at, SECOND), Math.floorMod(at, SECOND));
        return ByteString.copyFromUtf8(TIME.format(instant));
    }
}
