package dev.gantry.oci.layer;

import java.time.Instant;
import java.util.Map;

/**
 * What belongs to every file in a layer.
 *
 * @param mode permission, setuid, setgid and sticky bits ({@code 07777}), no file type
 * @param uid numeric owner, in {@code 0..2^32-2}
 * @param gid numeric group, as uid
 * @param modified with nanoseconds where the archive has them
 * @param xattrs extended attributes by full name: only {@code security.capability}, {@code user.*} and POSIX ACLs are let through, so that a
 *     layer cannot speak to overlayfs ({@code trusted.overlay.*}, {@code user.overlay.*}) or to a security module
 */
public record Attributes(int mode, long uid, long gid, Instant modified, Map<String, byte[]> xattrs) {
    public Attributes {
        xattrs = Map.copyOf(xattrs);
    }
}
