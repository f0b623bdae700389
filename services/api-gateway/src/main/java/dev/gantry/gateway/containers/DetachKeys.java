package dev.gantry.gateway.containers;

import dev.gantry.contracts.error.ErrorCode;
import java.util.regex.Pattern;

/** The key sequence that ends an attach: keys separated by commas, each one character, {@code ctrl-<key>} or {@code DEL}. */
final class DetachKeys {
    private static final Pattern KEYS =
            Pattern.compile("KEY(,KEY)*".replace("KEY", "([^,]|ctrl-[a-zA-Z@\\[\\\\\\]^_]|DEL|ctrl-space)"));

    private DetachKeys() {}

    /** @return {@code keys}, or the container's own where it is empty */
    static String check(String keys, String own) {
        if (!keys.isEmpty() && !KEYS.matcher(keys).matches()) {
            throw ErrorCode.INVALID_PARAMETER.with("Invalid detach keys (" + keys + ") provided");
        }
        return keys.isEmpty() ? own : keys;
    }
}
