package dev.gantry.gateway.routes;

import java.util.Optional;

/**
 * A path with at most one variable, which takes as much as it can: image names contain slashes. {@code /images/a/b/json}
 * matches {@code /images/{name}/json}.
 *
 * @param text as the API description writes it
 */
public record PathPattern(String text, String prefix, String suffix, boolean variable) {
    static PathPattern of(String text) {
        var open = text.indexOf('{');
        if (open < 0) {
            return new PathPattern(text, text, "", false);
        }
        return new PathPattern(text, text.substring(0, open), text.substring(text.indexOf('}') + 1), true);
    }

    /** The variable's value (empty where there is none), or nothing if the path does not match. */
    Optional<String> match(String path) {
        if (!variable) {
            return path.equals(prefix) ? Optional.of("") : Optional.empty();
        }
        var end = path.length() - suffix.length();
        return end > prefix.length() && path.startsWith(prefix) && path.endsWith(suffix)
                ? Optional.of(path.substring(prefix.length(), end))
                : Optional.empty();
    }

    /** Literal patterns come first, then those that say more after their variable. */
    int precision() {
        return variable ? suffix.length() : Integer.MAX_VALUE;
    }
}
