package dev.gantry.linux.seccomp;

import java.util.ArrayList;
import java.util.List;

/** Call numbers from one on, up to the next range. */
record Range(long from, Decision decision) {
    Range shifted(long by) {
        return new Range(from + by, decision);
    }

    /** The same decisions with as few ranges as possible. Of ranges that begin at the same number the last counts. */
    static List<Range> merged(List<Range> ordered) {
        var merged = new ArrayList<Range>();
        for (var range : ordered) {
            if (!merged.isEmpty() && merged.getLast().from == range.from) {
                merged.removeLast();
            }
            if (merged.isEmpty() || !merged.getLast().decision.equals(range.decision)) {
                merged.add(range);
            }
        }
        return List.copyOf(merged);
    }
}
