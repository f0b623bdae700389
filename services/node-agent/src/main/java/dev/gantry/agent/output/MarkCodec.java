package dev.gantry.agent.output;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A mark in 32 bytes: time, offset or run, length, kind, checksum. A record never crosses a page, so a kill -9 cannot tear one. */
final class MarkCodec {
    static final int BYTES = 32;
    private static final int CHECKED = 24;
    private static final int BEGIN = 16;
    private static final int END = 17;

    private MarkCodec() {}

    static ByteBuffer encode(Mark mark) {
        var bytes = ByteBuffer.allocate(BYTES).putLong(mark.at());
        switch (mark) {
            case Mark.Chunk(var _, var stream, var offset, var length) ->
                bytes.putLong(offset).putInt(length).putInt(stream.number());
            case Mark.Begin(var _, var run) -> bytes.putLong(run).putInt(0).putInt(BEGIN);
            case Mark.End(var _, var run) -> bytes.putLong(run).putInt(0).putInt(END);
        }
        return bytes.putInt(checksum(bytes)).putInt(0).flip();
    }

    /** @return empty for a record that was never written whole */
    static Optional<Mark> decode(ByteBuffer bytes, int position) {
        if (bytes.getInt(position + CHECKED)
                != checksum(bytes.slice(position, BYTES).limit(CHECKED))) {
            return Optional.empty();
        }
        var at = bytes.getLong(position);
        var where = bytes.getLong(position + 8);
        var length = bytes.getInt(position + 16);
        var kind = bytes.getInt(position + 20);
        return Optional.of(
                switch (kind) {
                    case BEGIN -> new Mark.Begin(at, where);
                    case END -> new Mark.End(at, where);
                    default -> new Mark.Chunk(at, Stream.of(kind), where, length);
                });
    }

    private static int checksum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(CHECKED));
        return (int) crc.getValue();
    }
}
