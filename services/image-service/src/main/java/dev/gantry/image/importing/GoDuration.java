package dev.gantry.image.importing;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1m30s}, {@code 1.5h}. */
final class GoDuration {
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);
    private static final Pattern PART = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final Pattern ALL = Pattern.compile("(?:[0-9]{1,15}(?:\\.[0-9]{1,9})?(?:ns|us|µs|ms|s|m|h)){1,16}");

    private GoDuration() {}

    /** Nanoseconds. */
    static long parse(String text) {
        if (text.equals("0")) {
            return 0;
        }
        if (!ALL.matcher(text).matches()) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        BigDecimal sum = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
        }
        return sum.longValue();
    }

    private static long unit(String name) {
        return NANOS.getOrDefault(name, 1L);
    }
}
