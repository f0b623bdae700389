package dev.gantry.e2e.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ethernet frames as {@code sniffer.c} wrote them down, and the TCP connections over IPv4 in them. */
public final class Frames {
    private static final int ETHERNET = 14;
    private static final int IPV4 = 0x0800;
    private static final int TCP = 6;
    private static final int SYN = 0x02;

    private final String all;
    private final List<ByteBuffer> frames;

    private Frames(String all, List<ByteBuffer> frames) {
        this.all = all;
        this.frames = frames;
    }

    static Frames read(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var frames = new ArrayList<ByteBuffer>();
        while (in.hasRemaining()) {
            var length = in.getInt();
            frames.add(in.slice(in.position(), length));
            in.position(in.position() + length);
        }
        // Latin 1 keeps every byte apart
        return new Frames(new String(bytes, StandardCharsets.ISO_8859_1), frames);
    }

    /** Whether a text passed anywhere, within one frame. */
    public boolean contain(String text) {
        return all.contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** What passed in each direction of the connections that began meanwhile, gapless up to where a frame is missing. */
    public Map<Direction, Stream> streams() {
        var streams = new HashMap<Direction, Stream>();
        frames.forEach(frame -> follow(frame, streams));
        return streams;
    }

    private static void follow(ByteBuffer frame, Map<Direction, Stream> streams) {
        if (frame.limit() < ETHERNET + 20 || frame.getShort(ETHERNET - 2) != IPV4 || frame.get(ETHERNET + 9) != TCP) {
            return;
        }
        var segment = ETHERNET + (frame.get(ETHERNET) & 0x0f) * 4;
        var end = ETHERNET + Short.toUnsignedInt(frame.getShort(ETHERNET + 2));
        var direction = new Direction(
                Short.toUnsignedInt(frame.getShort(segment)), Short.toUnsignedInt(frame.getShort(segment + 2)));
        var sequence = frame.getInt(segment + 4);
        var payload = segment + (frame.get(segment + 12) >> 4 & 0x0f) * 4;
        if ((frame.get(segment + 13) & SYN) != 0) {
            streams.put(direction, new Stream(sequence + 1));
        } else if (streams.containsKey(direction) && payload < end && end <= frame.limit()) {
            var bytes = new byte[end - payload];
            frame.get(payload, bytes);
            streams.get(direction).add(sequence, bytes);
        }
    }

    /** From a port to a port, within one host. */
    public record Direction(int from, int to) {}

    /** The bytes of one direction. */
    public static final class Stream {
        private static final int TLS_HEAD = 5;

        private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        private int next;

        private Stream(int next) {
            this.next = next;
        }

        /** A loopback device keeps the order; what comes again adds what is new of it. */
        private void add(int sequence, byte[] payload) {
            var known = next - sequence;
            if (known >= 0 && known < payload.length) {
                bytes.write(payload, known, payload.length - known);
                next = sequence + payload.length;
            }
        }

        public byte[] bytes() {
            return bytes.toByteArray();
        }

        /**
         * Whether there is nothing but TLS records (RFC 8446, section 5.1) from an offset on.
         *
         * @return where something else begins, or the stream's end
         */
        public int tlsUntil(int offset) {
            var in = ByteBuffer.wrap(bytes());
            var at = offset;
            while (at + TLS_HEAD <= in.limit() && isTls(in.get(at), in.getShort(at + 1), in.getShort(at + 3))) {
                at += TLS_HEAD + Short.toUnsignedInt(in.getShort(at + 3));
            }
            // the last record may still have been on its way
            return at + TLS_HEAD > in.limit() ? in.limit() : at;
        }

        private static boolean isTls(byte type, short version, short length) {
            return type >= 20
                    && type <= 23
                    && version >= 0x0301
                    && version <= 0x0303
                    && Short.toUnsignedInt(length) <= (1 << 14) + 256;
        }
    }
}
