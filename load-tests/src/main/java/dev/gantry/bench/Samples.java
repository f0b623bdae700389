package dev.gantry.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What was measured for one row on one engine, sorted. */
record Samples(List<Double> sorted) {
    static Samples of(Collection<Double> values) {
        return new Samples(values.stream().sorted().toList());
    }

    /** The value that {@code share} of the samples do not exceed, by the nearest-rank method. */
    double percentile(double share) {
        var rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
    }

    double median() {
        return percentile(0.5);
    }

    /** {@code 12.3 (11.0–15.8)}: median and the 10th to 90th percentile. */
    String text() {
        return String.format(Locale.ROOT, "%.1f (%.1f–%.1f)", median(), percentile(0.1), percentile(0.9));
    }
}
