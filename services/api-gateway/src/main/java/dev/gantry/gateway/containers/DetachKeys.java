package dev.gantry.gateway.containers;

import com.google.protobuf.ByteString;
import java.util.Optional;

/**
 * The keys that end a session at a terminal and leave what runs in it alone: separated by commas, each one character, {@code ctrl-<key>} or
 * {@code DEL}. Clients look for them too; the engine does for those that do not.
 */
record DetachKeys(ByteString bytes) {
    /** ctrl-p, ctrl-q. */
    static final DetachKeys DEFAULT = new DetachKeys(ByteString.copyFrom(new byte[] {16, 17}));

    private static final String CONTROL = "@abcdefghijklmnopqrstuvwxyz[\\]^_";
    private static final String PREFIX = "ctrl-";
    private static final byte DEL = 127;

    /** @return nothing when one of the keys is none; the default when {@code text} is empty */
    static Optional<DetachKeys> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(DEFAULT);
        }
        var keys = ByteString.newOutput();
        for (var word : text.split(",", -1)) {
            var key = key(word);
            if (key < 0) {
                return Optional.empty();
            }
            keys.write(key);
        }
        return Optional.of(new DetachKeys(keys.toByteString()));
    }

    /** Its code, or -1. */
    private static int key(String word) {
        if (word.length() == 1 && word.charAt(0) <= DEL) {
            return word.charAt(0);
        }
        if (word.length() == PREFIX.length() + 1 && word.startsWith(PREFIX)) {
            return CONTROL.indexOf(word.charAt(PREFIX.length()));
        }
        return word.equals("DEL") ? DEL : -1;
    }
}
