package dev.gantry.agent.output;

import java.nio.ByteBuffer;

/** Docker's multiplexed stream: {@code [stream, 0, 0, 0, length as 4 bytes big endian]} and the bytes; a terminal's bytes go as they are. */
public final class Frames {
    static final int HEADER = 8;

    private Frames() {}

    /** A frame of its own for the payload, or with {@code raw} the payload itself. */
    public static byte[] of(Stream stream, byte[] payload, boolean raw) {
        if (raw) {
            return payload;
        }
        return ByteBuffer.allocate(HEADER + payload.length)
                .put((byte) stream.number())
                .put(new byte[3])
                .putInt(payload.length)
                .put(payload)
                .array();
    }
}
