package dev.gantry.contracts.docker.mount;

import dev.gantry.contracts.error.ErrorCode;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of volumes, which are also names of directories. */
public final class VolumeName {
    private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final int LONGEST = 255;
    private static final int ID_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private VolumeName() {}

    /** @throws dev.gantry.contracts.error.GantryException 400 in Docker's words */
    public static String checked(String name) {
        if (name.length() == 1) {
            throw refused(name, "volume name is too short, names should be at least two alphanumeric characters");
        }
        if (!VALID.matcher(name).matches()) {
            throw refused(
                    name,
                    "\"" + name + "\" includes invalid characters for a local volume name, only"
                            + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use"
                            + " absolute path");
        }
        if (name.length() > LONGEST) {
            throw refused(name.substring(0, LONGEST), "volume name is longer than " + LONGEST + " characters");
        }
        return name;
    }

    public static boolean valid(String name) {
        return name.length() <= LONGEST && VALID.matcher(name).matches();
    }

    private static RuntimeException refused(String name, String why) {
        return ErrorCode.INVALID_PARAMETER.with("create " + name + ": " + why);
    }

    /** A name for an anonymous volume: 64 hex digits. */
    public static String anonymous() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
