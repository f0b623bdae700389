package dev.gantry.oci.layer;

import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The only class that knows the decompressor, so that the verifier does not load it before it is needed: its jar seals its packages,
 * and a JVM's cache of linked classes (JEP 483) that holds one of them refuses to start.
 */
final class Xz {
    /** A dictionary must not be what fills the heap: as much as {@code xz -9} needs. */
    private static final int MEMORY_KIB = 80 << 10;

    private Xz() {}

    static InputStream unpack(InputStream in) throws IOException {
        return new XZInputStream(in, MEMORY_KIB);
    }
}
