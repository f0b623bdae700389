package dev.gantry.agent.exec;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** 64 hex digits, the first 24 of them the container's, so that whoever has one knows which host to ask. */
final class ExecId {
    static final int OF_CONTAINER = 24;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final int OWN_BYTES = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ExecId() {}

    static String next(String container) {
        var own = new byte[OWN_BYTES];
        RANDOM.nextBytes(own);
        return container.substring(0, OF_CONTAINER) + HexFormat.of().formatHex(own);
    }

    static boolean valid(String id) {
        return FORM.matcher(id).matches();
    }
}
