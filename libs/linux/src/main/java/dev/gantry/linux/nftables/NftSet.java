package dev.gantry.linux.nftables;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** The sets and maps of the table. Types are for {@code nft list} alone, lengths are what the kernel goes by. */
enum NftSet {
    /** Protocol and port, at whichever of the host's addresses. */
    ANY4(Shape.MAP, concat(Type.PROTOCOL, Type.PORT), 8, concat(Type.IPV4, Type.PORT), 8),
    ANY6(Shape.MAP, concat(Type.PROTOCOL, Type.PORT), 8, concat(Type.IPV6, Type.PORT), 20),
    /** Protocol, one of the host's addresses and port. */
    AT4(Shape.MAP, concat(Type.PROTOCOL, Type.IPV4, Type.PORT), 12, concat(Type.IPV4, Type.PORT), 8),
    AT6(Shape.MAP, concat(Type.PROTOCOL, Type.IPV6, Type.PORT), 24, concat(Type.IPV6, Type.PORT), 20),
    BRIDGES(Shape.SET, Type.INTERFACE, 16, 0, 0),
    /** A bridge twice, where its containers may reach each other. */
    TOGETHER(Shape.SET, concat(Type.INTERFACE, Type.INTERFACE), 32, 0, 0),
    INTERNAL(Shape.SET, Type.INTERFACE, 16, 0, 0),
    /** Where containers live. */
    SUBNETS4(Shape.INTERVALS, Type.IPV4, 4, 0, 0),
    SUBNETS6(Shape.INTERVALS, Type.IPV6, 16, 0, 0),
    /** Those of them that the world must not see. */
    HIDDEN4(Shape.INTERVALS, Type.IPV4, 4, 0, 0),
    HIDDEN6(Shape.INTERVALS, Type.IPV6, 16, 0, 0);

    /** NFT_SET_…. */
    private static final class Shape {
        static final int SET = 0;
        static final int INTERVALS = 4;
        static final int MAP = 8;
    }

    /** The numbers that nft gives to types. */
    private static final class Type {
        static final int IPV4 = 7;
        static final int IPV6 = 8;
        static final int PROTOCOL = 12;
        static final int PORT = 13;
        static final int INTERFACE = 41;
    }

    private final int flags;
    private final int keyType;
    private final int keyLength;
    private final int valueType;
    private final int valueLength;

    NftSet(int flags, int keyType, int keyLength, int valueType, int valueLength) {
        this.flags = flags;
        this.keyType = keyType;
        this.keyLength = keyLength;
        this.valueType = valueType;
        this.valueLength = valueLength;
    }

    private static int concat(int... types) {
        int all = 0;
        for (int type : types) {
            all = all << 6 | type;
        }
        return all;
    }

    /** In the kernel. */
    String setName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For nft alone: the byte order of the key, 1 the machine's, 2 the network's; 0 when each part has its own. */
    byte[] userData() {
        int order = keyType == Type.INTERFACE ? 1 : keyType == Type.IPV4 || keyType == Type.IPV6 ? 2 : 0;
        return ByteBuffer.allocate(6)
                .order(ByteOrder.nativeOrder())
                .put((byte) 0)
                .put((byte) 4)
                .putInt(order)
                .array();
    }

    int flags() {
        return flags;
    }

    boolean isMap() {
        return valueLength > 0;
    }

    int keyType() {
        return keyType;
    }

    int keyLength() {
        return keyLength;
    }

    int valueType() {
        return valueType;
    }

    int valueLength() {
        return valueLength;
    }
}
