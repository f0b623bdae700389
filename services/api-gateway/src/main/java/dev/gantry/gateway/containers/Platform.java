package dev.gantry.gateway.containers;

import dev.gantry.contracts.error.ErrorCode;
import java.util.regex.Pattern;

/** The platform parameter: {@code os[/architecture[/variant]]}, checked in containerd's words. */
public final class Platform {
    private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final int MOST_COMPONENTS = 3;

    private Platform() {}

    /** @return {@code platform}, which may be empty */
    public static String check(String platform) {
        var components = platform.split("/", -1);
        if (components.length > MOST_COMPONENTS) {
            throw ErrorCode.INVALID_PLATFORM.with(platform);
        }
        for (var component : components) {
            if (!platform.isEmpty() && !COMPONENT.matcher(component).matches()) {
                throw ErrorCode.INVALID_PARAMETER.with("\"" + component + "\" is an invalid component of \"" + platform
                        + "\": platform specifier component must match \"^[A-Za-z0-9_.-]+$\": invalid argument");
            }
        }
        return platform;
    }
}
