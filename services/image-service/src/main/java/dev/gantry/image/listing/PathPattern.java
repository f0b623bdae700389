package dev.gantry.image.listing;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.oci.reference.ImageReference;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The shell patterns of the filter {@code reference}, as Go's {@code path.Match} has them: no wildcard matches a slash. */
final class PathPattern {
    private static final int LONGEST = 1024;

    private final Pattern pattern;

    private PathPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws dev.gantry.contracts.error.GantryException INVALID_PARAMETER for a class that does not end */
    static PathPattern of(String text) {
        if (text.length() > LONGEST) {
            throw malformed(text.substring(0, 64));
        }
        try {
            return new PathPattern(Pattern.compile(translate(text)));
        } catch (PatternSyntaxException e) {
            throw malformed(text).causedBy(e);
        }
    }

    private static dev.gantry.contracts.error.GantryException malformed(String text) {
        return ErrorCode.INVALID_PARAMETER.with("invalid reference filter \"" + text + "\": syntax error in pattern");
    }

    private static String translate(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                // possessive, so that many stars cannot cost exponential time, would match less: bound the text instead
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                case '[' -> i = bracket(text, i, regex);
                case '\\' -> {
                    i++;
                    regex.append(Pattern.quote(i < text.length() ? text.substring(i, i + 1) : "\\"));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /** Copies {@code [a-z]}, {@code [^a-z]}; the characters inside are quoted, the range sign is not. */
    private static int bracket(String text, int start, StringBuilder regex) {
        int end = text.indexOf(']', start + 2);
        if (end < 0) {
            throw malformed(text);
        }
        boolean negated = text.charAt(start + 1) == '^';
        regex.append(negated ? "[^" : "[");
        for (int i = start + (negated ? 2 : 1); i < end; i++) {
            char c = text.charAt(i);
            regex.append(c == '-' ? "-" : Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\" + c);
        }
        regex.append("&&[^/]]");
        return end;
    }

    /** The familiar form, or the name alone. */
    boolean matches(ImageReference reference) {
        return pattern.matcher(reference.familiar()).matches()
                || pattern.matcher(reference.familiarName()).matches();
    }
}
