package dev.gantry.oci.digest;

import java.security.MessageDigest;
import java.util.HexFormat;

/** A digest in the making. Not for several threads. */
public final class Digester {
    private final Algorithm algorithm;
    private final MessageDigest state;
    private long size;

    private Digester(Algorithm algorithm, MessageDigest state) {
        this.algorithm = algorithm;
        this.state = state;
    }

    public static Digester of(Algorithm algorithm) {
        return new Digester(algorithm, algorithm.start());
    }

    public static Digester sha256() {
        return of(Algorithm.SHA256);
    }

    public void update(byte[] bytes, int offset, int length) {
        state.update(bytes, offset, length);
        size += length;
    }

    /** How many bytes it was given. */
    public long size() {
        return size;
    }

    /** Ends it; ask once. */
    public Digest digest() {
        return new Digest(algorithm, HexFormat.of().formatHex(state.digest()));
    }
}
