package dev.gantry.gateway.api;

import dev.gantry.contracts.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding, strictly: a broken escape or a NUL byte is a 400. */
public final class Escapes {
    private Escapes() {}

    public static String path(String text) {
        return decode(text, false);
    }

    static String query(String text) {
        return decode(text, true);
    }

    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && text.indexOf('\0') < 0) {
            return plusIsSpace ? text.replace('+', ' ') : text;
        }
        var bytes = new ByteArrayOutputStream(text.length());
        for (var position = 0; position < text.length(); position++) {
            var c = text.charAt(position);
            if (c == '%') {
                bytes.write(octet(text, position));
                position += 2;
            } else {
                bytes.writeBytes(
                        String.valueOf(plusIsSpace && c == '+' ? ' ' : c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return refuseNul(bytes.toString(StandardCharsets.UTF_8));
    }

    private static int octet(String text, int position) {
        var end = Math.min(position + 3, text.length());
        var high = end == position + 3 ? Character.digit(text.charAt(position + 1), 16) : -1;
        var low = end == position + 3 ? Character.digit(text.charAt(position + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw ErrorCode.INVALID_PARAMETER.with("invalid URL escape " + GoText.quote(text.substring(position, end)));
        }
        return high << 4 | low;
    }

    private static String refuseNul(String decoded) {
        if (decoded.indexOf('\0') >= 0) {
            throw ErrorCode.INVALID_PARAMETER.with("NUL byte in the request's path or query");
        }
        return decoded;
    }
}
