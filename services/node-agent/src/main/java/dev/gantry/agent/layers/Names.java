package dev.gantry.agent.layers;

import dev.gantry.oci.layer.LayerPath;
import java.util.Arrays;

/** File names as the kernel reads them: bytes, ended by a NUL. */
final class Names {
    private Names() {}

    static byte[] terminated(byte[] name) {
        return Arrays.copyOf(name, name.length + 1);
    }

    /** The last component of a path that is not the root. */
    static byte[] last(LayerPath path) {
        var bytes = path.bytes();
        int start = bytes.length;
        while (start > 0 && bytes[start - 1] != '/') {
            start--;
        }
        return terminated(Arrays.copyOfRange(bytes, start, bytes.length));
    }
}
