package dev.gantry.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The body of a message: a fixed struct, then attributes, each a length, a type and a value padded to four bytes (netlink(7), libnl's
 * core documentation). Numbers are in the machine's byte order unless a method says otherwise.
 */
public final class AttributeWriter {
    /** An attribute's length is 16 bits wide, its head included. */
    public static final int MOST = 0xffff;

    private static final int HEAD = 4;
    private static final int NESTED = 0x8000;

    private byte[] bytes = new byte[256];
    private int length;

    /** The struct before the attributes. */
    public AttributeWriter struct(byte[] struct) {
        append(struct);
        pad();
        return this;
    }

    public AttributeWriter bytes(int type, byte[] value) {
        head(type, value.length);
        append(value);
        pad();
        return this;
    }

    /** NUL-terminated. */
    public AttributeWriter text(int type, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("NUL in " + value.replace('\0', '?'));
        }
        return bytes(type, (value + '\0').getBytes(StandardCharsets.UTF_8));
    }

    public AttributeWriter u8(int type, int value) {
        return bytes(type, new byte[] {(byte) value});
    }

    public AttributeWriter u32(int type, int value) {
        return bytes(type, number(value, ByteOrder.nativeOrder()));
    }

    /** In network byte order, as nf_tables wants all numbers. */
    public AttributeWriter u32be(int type, int value) {
        return bytes(type, number(value, ByteOrder.BIG_ENDIAN));
    }

    /** An attribute of attributes. */
    public AttributeWriter nested(int type, Consumer<AttributeWriter> content) {
        AttributeWriter inner = new AttributeWriter();
        content.accept(inner);
        return bytes(type | NESTED, inner.toBytes());
    }

    /** As {@link #nested} without the bit that says so: older parts of rtnetlink take it for a part of the type. */
    public AttributeWriter plainNested(int type, Consumer<AttributeWriter> content) {
        AttributeWriter inner = new AttributeWriter();
        content.accept(inner);
        return bytes(type, inner.toBytes());
    }

    /** How long it has become. */
    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] number(int value, ByteOrder order) {
        return ByteBuffer.allocate(4).order(order).putInt(value).array();
    }

    private void head(int type, int size) {
        if (size > MOST - HEAD) {
            throw new IllegalArgumentException("attribute of " + size + " bytes");
        }
        append(ByteBuffer.allocate(HEAD)
                .order(ByteOrder.nativeOrder())
                .putShort((short) (size + HEAD))
                .putShort((short) type)
                .array());
    }

    private void append(byte[] more) {
        if (length + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more.length));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void pad() {
        append(new byte[-length & 3]);
    }
}
