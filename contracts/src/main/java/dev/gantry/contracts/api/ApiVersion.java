package dev.gantry.contracts.api;

import dev.gantry.contracts.error.ErrorCode;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Engine API, {@code 1.24} to {@code 1.51}; versions compare as numbers, so 1.9 is older than 1.24. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    public static final ApiVersion MINIMUM = new ApiVersion(1, 24);
    public static final ApiVersion CURRENT = new ApiVersion(1, 51);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.\\d{1,9})*");
    private static final Comparator<ApiVersion> ORDER =
            Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

    /**
     * The version that a path asks for, without its {@code v}.
     *
     * @throws dev.gantry.contracts.error.GantryException 400 in Docker's words when it is too old or too new, or no version
     */
    public static ApiVersion requested(String text) {
        ApiVersion version = parse(text);
        if (version.compareTo(MINIMUM) < 0) {
            throw ErrorCode.CLIENT_TOO_OLD.with(text, MINIMUM);
        }
        if (version.compareTo(CURRENT) > 0) {
            throw ErrorCode.CLIENT_TOO_NEW.with(text, CURRENT);
        }
        return version;
    }

    static ApiVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw ErrorCode.INVALID_PARAMETER.with("invalid API version: " + text);
        }
        String minor = matcher.group(2);
        return new ApiVersion(Integer.parseInt(matcher.group(1)), minor == null ? 0 : Integer.parseInt(minor));
    }

    /** Whether this is {@code 1.minor} or newer. */
    public boolean atLeast(int minorOfOne) {
        return compareTo(new ApiVersion(1, minorOfOne)) >= 0;
    }

    public boolean before(int minorOfOne) {
        return !atLeast(minorOfOne);
    }

    @Override
    public int compareTo(ApiVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
