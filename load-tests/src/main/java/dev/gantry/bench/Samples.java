package dev.gantry.bench;

import java.util.List;
import java.util.Locale;

/** What one scenario took on one engine, sorted, in nanoseconds. */
record Samples(List<Long> sorted) {
    static Samples of(List<Long> nanos) {
        return new Samples(nanos.stream().sorted().toList());
    }

    /** The value that {@code share} of the samples do not exceed, by the nearest-rank method. */
    long percentile(double share) {
        var rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
    }

    long median() {
        return percentile(0.5);
    }

    /** {@code 12.3 (11.0–15.8)}: median and the 10th to 90th percentile, in milliseconds. */
    String text() {
        return String.format(
                Locale.ROOT, "%.1f (%.1f–%.1f)", millis(median()), millis(percentile(0.1)), millis(percentile(0.9)));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
