package dev.gantry.scheduler.container;

import dev.gantry.contracts.error.ErrorCode;
import java.util.regex.Pattern;

/** The rules of names: two characters at least, Docker's alphabet, a leading slash is taken off. */
public final class ContainerName {
    private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final int LONGEST = 255;

    private ContainerName() {}

    public static String withoutSlash(String given) {
        return given.startsWith("/") ? given.substring(1) : given;
    }

    /** @throws dev.gantry.contracts.error.GantryException INVALID_CONTAINER_NAME with the name as it was given */
    public static String validated(String given) {
        var name = withoutSlash(given);
        if (name.length() > LONGEST || !VALID.matcher(name).matches()) {
            throw ErrorCode.INVALID_CONTAINER_NAME.with(given);
        }
        return name;
    }
}
