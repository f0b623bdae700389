package dev.gantry.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attributes of an answer. What does not keep to its length is refused, not guessed at. */
public final class Attributes {
    private static final int HEAD = 4;
    private static final int TYPE = 0x3fff; // without "nested" and "network byte order"

    /** One of them. */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    public record Attribute(int type, byte[] value) {
        /** Its value as attributes. */
        public Attributes nested() {
            return parse(value, 0);
        }
    }

    private final List<Attribute> all;

    private Attributes(List<Attribute> all) {
        this.all = all;
    }

    /**
     * Those from an offset on to the end.
     *
     * @throws MalformedAnswerException when one is longer than what is left
     */
    public static Attributes parse(byte[] bytes, int offset) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        List<Attribute> all = new ArrayList<>();
        int at = offset;
        while (at + HEAD <= bytes.length) {
            int length = Short.toUnsignedInt(in.getShort(at));
            if (length < HEAD || at + length > bytes.length) {
                throw new MalformedAnswerException(
                        "attribute of " + length + " bytes where " + (bytes.length - at) + " are left");
            }
            byte[] value = new byte[length - HEAD];
            in.get(at + HEAD, value);
            all.add(new Attribute(in.getShort(at + 2) & TYPE, value));
            at += (length + 3) & ~3;
        }
        return new Attributes(all);
    }

    /** In their order. */
    public List<Attribute> all() {
        return all;
    }

    /** The last of its type counts, as for the kernel. */
    public Optional<byte[]> bytes(int type) {
        return all.stream().filter(a -> a.type() == type).reduce((a, b) -> b).map(Attribute::value);
    }

    /** Without the NUL at its end. */
    public Optional<String> text(int type) {
        return bytes(type).map(value -> {
            int end = 0;
            while (end < value.length && value[end] != 0) {
                end++;
            }
            return new String(value, 0, end, StandardCharsets.UTF_8);
        });
    }

    public Optional<Integer> u32(int type) {
        return number(type, ByteOrder.nativeOrder());
    }

    /** One in network byte order. */
    public Optional<Integer> u32be(int type) {
        return number(type, ByteOrder.BIG_ENDIAN);
    }

    /** None when it is not there. */
    public Attributes nested(int type) {
        return bytes(type).map(value -> parse(value, 0)).orElseGet(() -> new Attributes(List.of()));
    }

    private Optional<Integer> number(int type, ByteOrder order) {
        return bytes(type).map(value -> {
            if (value.length != 4) {
                throw new MalformedAnswerException("number of " + value.length + " bytes");
            }
            return ByteBuffer.wrap(value).order(order).getInt();
        });
    }
}
