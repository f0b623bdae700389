package dev.gantry.contracts.docker;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Times as Go writes them ({@code time.RFC3339Nano}): up to nine digits of a second, no trailing zeros, UTC as {@code Z}. */
public final class GoTime {
    /** Go's zero time, which Docker writes for "never". */
    public static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private GoTime() {}

    public static String format(Instant time) {
        String seconds = SECONDS.format(time);
        int nanos = time.getNano();
        return nanos == 0 ? seconds + "Z" : seconds + "." + trimmed(nanos) + "Z";
    }

    /**
     * Reads RFC 3339 with any offset.
     *
     * @throws DateTimeParseException when it is something else
     */
    public static Instant parse(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static String trimmed(int nanos) {
        String digits = Integer.toString(1_000_000_000 + nanos).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }
}
