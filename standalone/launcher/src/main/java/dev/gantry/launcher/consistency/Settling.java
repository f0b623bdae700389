package dev.gantry.launcher.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells disagreements from things in motion. A start, a stop, a removal is on its way through several stores and looks like one for some
 * milliseconds; so a finding counts when it was there at every look for a while. One look without any is the end at once.
 */
final class Settling {
    private static final Duration PAUSE = Duration.ofMillis(400);
    /** On a platform that never rests there is always something new. */
    private static final int LONGEST = 3;

    /** Lets time pass. */
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private final Supplier<List<Finding>> look;
    private final Duration lasting;
    private final LongSupplier nanos;
    private final Pause pause;

    /** @param lasting for how long a finding must be there; zero: one look decides */
    Settling(Supplier<List<Finding>> look, Duration lasting, LongSupplier nanos, Pause pause) {
        this.look = look;
        this.lasting = lasting;
        this.nanos = nanos;
        this.pause = pause;
    }

    List<Finding> findings() throws InterruptedException {
        var begin = nanos.getAsLong();
        Map<Finding, Long> since = new HashMap<>();
        while (true) {
            var now = nanos.getAsLong();
            var seen = look.get();
            since.keySet().retainAll(Set.copyOf(seen));
            seen.forEach(finding -> since.putIfAbsent(finding, now));
            var lasted = new ArrayList<>(seen);
            lasted.removeIf(finding -> now - since.getOrDefault(finding, now) < lasting.toNanos());
            if (lasted.size() == seen.size() || now - begin > LONGEST * lasting.toNanos()) {
                return List.copyOf(lasted);
            }
            pause.of(PAUSE);
        }
    }
}
