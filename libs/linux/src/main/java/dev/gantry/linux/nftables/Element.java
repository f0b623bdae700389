package dev.gantry.linux.nftables;

/**
 * Of a set or map.
 *
 * @param value empty in a set
 * @param end whether it is the first one behind an interval
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record Element(byte[] key, byte[] value, boolean end) {
    private static final byte[] NONE = {};

    static Element of(byte[] key) {
        return new Element(key, NONE, false);
    }

    static Element of(byte[] key, byte[] value) {
        return new Element(key, value, false);
    }

    static Element end(byte[] key) {
        return new Element(key, NONE, true);
    }
}
