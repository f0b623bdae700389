package dev.gantry.gateway.containers;

import com.google.protobuf.ByteString;

/**
 * Looks for the detach keys in what a client types. Bytes that may be their beginning are held back until the next one tells; none of the keys of
 * a whole sequence goes on.
 */
final class DetachScan {
    private final ByteString keys;
    private final int[] borders;
    private int held;

    DetachScan(DetachKeys keys) {
        this.keys = keys.bytes();
        this.borders = borders(this.keys);
    }

    /** What goes on to the process; what follows a whole sequence does not. */
    ByteString pass(ByteString typed) {
        var on = ByteString.newOutput(typed.size());
        for (var i = 0; i < typed.size() && !found(); i++) {
            pass(typed.byteAt(i), on);
        }
        return on.toByteString();
    }

    boolean found() {
        return held == keys.size();
    }

    /** What was held back when nothing follows any more. */
    ByteString rest() {
        return found() ? ByteString.EMPTY : keys.substring(0, held);
    }

    private void pass(byte typed, ByteString.Output on) {
        while (held > 0 && typed != keys.byteAt(held)) {
            var shorter = borders[held];
            write(keys.substring(0, held - shorter), on);
            held = shorter;
        }
        if (typed == keys.byteAt(held)) {
            held++;
        } else {
            on.write(typed);
        }
    }

    private static void write(ByteString bytes, ByteString.Output on) {
        on.write(bytes.toByteArray(), 0, bytes.size());
    }

    /** For each length of a beginning, the longest shorter beginning that it ends with (Knuth, Morris, Pratt). */
    private static int[] borders(ByteString keys) {
        var borders = new int[keys.size() + 1];
        for (int length = 2, border = 0; length <= keys.size(); length++) {
            var last = keys.byteAt(length - 1);
            while (border > 0 && last != keys.byteAt(border)) {
                border = borders[border];
            }
            border += last == keys.byteAt(border) ? 1 : 0;
            borders[length] = border;
        }
        return borders;
    }
}
