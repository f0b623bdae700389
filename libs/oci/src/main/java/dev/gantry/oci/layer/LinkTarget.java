package dev.gantry.oci.layer;

import java.nio.charset.StandardCharsets;

/** What a symbolic link says: 1 to 4095 bytes without NUL, not interpreted. It may be absolute, meaning the container's root. */
public final class LinkTarget {
    private final String bytes;

    /** @param bytes one char per byte */
    LinkTarget(String bytes) {
        this.bytes = bytes;
    }

    /** @param target without NUL, as {@code readlink(2)} gives it */
    public static LinkTarget of(byte[] target) {
        return new LinkTarget(new String(target, StandardCharsets.ISO_8859_1));
    }

    /** Without NUL. */
    public byte[] bytes() {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkTarget target && target.bytes.equals(bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
