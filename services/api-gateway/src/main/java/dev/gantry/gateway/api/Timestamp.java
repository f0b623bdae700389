package dev.gantry.gateway.api;

import java.math.BigInteger;

/**
 * A moment as a query says it: {@code seconds} or {@code seconds.nanoseconds} since the epoch.
 *
 * @param text as it was written, for errors
 */
public record Timestamp(String text, long seconds, long nanos) {
    private static final int FRACTION_DIGITS = 9;
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

    static Timestamp parse(String text) {
        var dot = text.indexOf('.');
        var seconds = GoText.parseInt(dot < 0 ? text : text.substring(0, dot));
        return new Timestamp(text, seconds, dot < 0 ? 0 : fraction(text.substring(dot + 1)));
    }

    private static long fraction(String digits) {
        var kept = digits.length() > FRACTION_DIGITS ? digits.substring(0, FRACTION_DIGITS) : digits;
        var value = GoText.parseInt(kept);
        for (var i = kept.length(); i < FRACTION_DIGITS; i++) {
            value *= 10;
        }
        return value;
    }

    /** Nanoseconds since the epoch; a moment beyond what 64 bits hold is the last or first they do. */
    public long epochNanos() {
        return BigInteger.valueOf(seconds)
                .multiply(BILLION)
                .add(BigInteger.valueOf(nanos))
                .max(BigInteger.valueOf(Long.MIN_VALUE))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue();
    }
}
