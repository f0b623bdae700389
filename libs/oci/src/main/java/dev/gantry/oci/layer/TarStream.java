package dev.gantry.oci.layer;

import java.io.IOException;
import java.io.InputStream;

/** The archive's bytes, counted and bounded, in blocks. */
final class TarStream {
    private static final int BUFFER = 64 << 10;

    private final InputStream in;
    private final long most;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int filled;
    private long total;

    TarStream(InputStream in, long most) {
        this.in = in;
        this.most = most;
    }

    /** A whole block, or false at the end of the bytes; an end inside a block is an error. */
    boolean readBlock(byte[] block) throws IOException {
        int count = readUpTo(block, 0, block.length);
        if (count == 0) {
            return false;
        }
        if (count < block.length) {
            throw new BadLayerException("unexpected EOF");
        }
        return true;
    }

    byte[] readFully(int length) throws IOException {
        byte[] bytes = new byte[length];
        if (readUpTo(bytes, 0, length) < length) {
            throw new BadLayerException("unexpected EOF");
        }
        return bytes;
    }

    void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (position == filled && !fill()) {
                throw new BadLayerException("unexpected EOF");
            }
            int step = (int) Math.min(left, filled - position);
            position += step;
            left -= step;
        }
    }

    /** Like {@link InputStream#read(byte[], int, int)}; large reads go past the buffer. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (position == filled) {
            if (length >= BUFFER) {
                return counted(in.read(target, offset, length));
            }
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, filled - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    private int readUpTo(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = read(target, offset + done, length - done);
            if (count < 0) {
                break;
            }
            done += count;
        }
        return done;
    }

    /** Reads what follows the archive's end, to the end of the bytes. */
    void drain() throws IOException {
        position = filled;
        while (fill()) {
            position = filled;
        }
    }

    private boolean fill() throws IOException {
        int count;
        do {
            count = counted(in.read(buffer, 0, buffer.length));
        } while (count == 0);
        position = 0;
        filled = Math.max(count, 0);
        return count > 0;
    }

    private int counted(int count) throws IOException {
        total += Math.max(count, 0);
        if (total > most) {
            throw BadLayerException.of("layer is larger than %d bytes", most);
        }
        return count;
    }
}
