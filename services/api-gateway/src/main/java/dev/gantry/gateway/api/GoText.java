package dev.gantry.gateway.api;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Text read as Go's strconv and Docker's httputils read it, with their errors: a bad number in a query is a 500. */
final class GoText {
    private static final Pattern UNSIGNED = Pattern.compile("[0-9]{1,18}");
    private static final long LARGEST_UINT32 = (1L << 32) - 1;
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

    private GoText() {}

    /** Everything is true but the empty text and five words. */
    static boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "0", "no", "false", "none" -> false;
            default -> true;
        };
    }

    static long atoi(String text) {
        return integer(ErrorCode.BAD_INTEGER, text);
    }

    static long parseInt(String text) {
        return integer(ErrorCode.BAD_LONG, text);
    }

    static OptionalLong parseUint32(String text) {
        if (!UNSIGNED.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        var value = Long.parseLong(text);
        return value <= LARGEST_UINT32 ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static long integer(ErrorCode complaint, String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw complaint.with(quoted(text));
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            var message = String.valueOf(complaint.with(quoted(text)).getMessage());
            throw new GantryException(complaint, message.replace("invalid syntax", "value out of range"))
                    .causedBy(tooLarge);
        }
    }

    static String quote(String text) {
        return '"' + quoted(text) + '"';
    }

    /** As Go's {@code %q}, for the characters that a query can hold. */
    private static String quoted(String text) {
        var quoted = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c < ' ' ? String.format(Locale.ROOT, "\\x%02x", c) : Character.toString(c));
            }
        });
        return quoted.toString();
    }
}
