package dev.gantry.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that a system call writes; what it holds before the call is copied in first. */
public final class Out {
    private final byte[] bytes;

    private Out(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Room for {@code size} zero bytes. */
    public static Out of(int size) {
        return new Out(new byte[size]);
    }

    /** The given array itself: the call fills it. */
    public static Out into(byte[] bytes) {
        return new Out(bytes);
    }

    /** The array itself, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** A view in the machine's byte order. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public String toString() {
        return "out[" + bytes.length + "]";
    }
}
