package dev.gantry.contracts.docker;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Says what is wrong with a malformed document as Go's scanner does ({@code encoding/json/scanner.go}): only called when the parser
 * has refused it already, so it looks for the first byte that cannot be.
 */
final class GoSyntax {
    private static final int MAX_DEPTH = 1000;
    private static final int END = -1;

    private final byte[] json;
    private int at;

    private GoSyntax(byte[] json) {
        this.json = json;
    }

    private static final class Complaint extends Exception {
        private static final long serialVersionUID = 1L;

        Complaint(String message) {
            super(message, null, false, false);
        }
    }

    static String complaint(byte[] json) {
        try {
            new GoSyntax(json).value(0);
            return "invalid UTF-8 in string literal"; // all the syntax is right: the bytes are not
        } catch (Complaint e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void value(int depth) throws Complaint {
        if (depth > MAX_DEPTH) {
            throw new Complaint("exceeded max depth");
        }
        int first = next();
        switch (first) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(first);
            default -> throw unexpected(first, "looking for beginning of value");
        }
    }

    private void object(int depth) throws Complaint {
        int next = next();
        if (next == '}') {
            return;
        }
        while (true) {
            if (next != '"') {
                throw unexpected(next, "looking for beginning of object key string");
            }
            string();
            expect(':', "after object key");
            value(depth + 1);
            if (separator('}', "after object key:value pair")) {
                return;
            }
            next = next();
        }
    }

    private void array(int depth) throws Complaint {
        int next = next();
        if (next == ']') {
            return;
        }
        at--;
        do {
            value(depth + 1);
        } while (!separator(']', "after array element"));
    }

    private boolean separator(int end, String where) throws Complaint {
        int next = next();
        if (next != end && next != ',') {
            throw unexpected(next, where);
        }
        return next == end;
    }

    private void string() throws Complaint {
        while (true) {
            int next = read();
            if (next == '"') {
                return;
            } else if (next == '\\') {
                escape();
            } else if (next < ' ') {
                throw unexpected(next, "in string literal");
            }
        }
    }

    private void escape() throws Complaint {
        int next = read();
        if (next == 'u') {
            for (int i = 0; i < 4; i++) {
                int digit = read();
                if (Character.digit(digit, 16) < 0) {
                    throw unexpected(digit, "in \\u hexadecimal character escape");
                }
            }
        } else if ("bfnrt\\/\"".indexOf(next) < 0) {
            throw unexpected(next, "in string escape code");
        }
    }

    private void number(int first) throws Complaint {
        int digit = first == '-' ? digit("in numeric literal") : first;
        if (digit != '0') {
            digits();
        }
        if (peek() == '.') {
            at++;
            digit("after decimal point in numeric literal");
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digit("in exponent of numeric literal");
            digits();
        }
    }

    private int digit(String where) throws Complaint {
        int next = read();
        if (next < '0' || next > '9') {
            throw unexpected(next, where);
        }
        return next;
    }

    private void digits() {
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
    }

    private void literal(String word) throws Complaint {
        for (int i = 1; i < word.length(); i++) {
            int next = read();
            if (next != word.charAt(i)) {
                throw unexpected(next, "in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
    }

    private void expect(int wanted, String where) throws Complaint {
        int next = next();
        if (next != wanted) {
            throw unexpected(next, where);
        }
    }

    /** The next byte that is no space. */
    private int next() throws Complaint {
        int next = read();
        while (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
            next = read();
        }
        return next;
    }

    private int read() throws Complaint {
        int next = peek();
        at++;
        if (next == END) {
            throw new Complaint("unexpected EOF");
        }
        return next;
    }

    private int peek() {
        return at < json.length ? json[at] & 0xff : END;
    }

    private static Complaint unexpected(int found, String where) {
        return new Complaint("invalid character " + quoted(found) + " " + where);
    }

    private static String quoted(int found) {
        return switch (found) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            case '\\' -> "'\\\\'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            default -> "'" + printable(found) + "'";
        };
    }

    private static String printable(int found) {
        boolean plain = found >= ' ' && found < 0x7f;
        if (plain || found >= 0xa1) {
            return new String(new byte[] {(byte) found}, StandardCharsets.ISO_8859_1);
        }
        return String.format(Locale.ROOT, found < 0x80 ? "\\x%02x" : "\\u%04x", found);
    }
}
