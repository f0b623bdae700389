package dev.gantry.oci.digest;

import java.util.HexFormat;

/**
 * {@code sha256:<64 hex digits>} or {@code sha512:<128 hex digits>}, lower case: safe in a path, a URL and a message.
 *
 * @param hex all digits
 */
public record Digest(Algorithm algorithm, String hex) {
    private static final int SHORT = 12;

    public Digest {
        if (hex.length() != algorithm.hexDigits() || !hex.chars().allMatch(Digest::isHex)) {
            throw new InvalidDigestException(
                    "invalid digest: " + algorithm.word() + " has " + algorithm.hexDigits() + " lower case hex digits");
        }
    }

    /** @throws InvalidDigestException when it is none, or of an algorithm that is not known */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        Algorithm algorithm = Algorithm.of(text.substring(0, Math.max(colon, 0)))
                .orElseThrow(() -> new InvalidDigestException("unsupported digest algorithm"));
        return new Digest(algorithm, text.substring(colon + 1));
    }

    public static boolean isValid(String text) {
        try {
            parse(text);
            return true;
        } catch (InvalidDigestException e) {
            return false;
        }
    }

    /** The SHA-256 of bytes in memory. */
    public static Digest of(byte[] bytes) {
        return new Digest(
                Algorithm.SHA256,
                HexFormat.of().formatHex(Algorithm.SHA256.start().digest(bytes)));
    }

    /** The first twelve digits, as people read them. */
    public String shortHex() {
        return hex.substring(0, SHORT);
    }

    @Override
    public String toString() {
        return algorithm.word() + ":" + hex;
    }

    private static boolean isHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
