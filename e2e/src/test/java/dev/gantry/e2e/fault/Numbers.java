package dev.gantry.e2e.fault;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Output in which a line that is lost, doubled or out of place shows: 0, 1, 2, … */
final class Numbers {
    private Numbers() {}

    /** Prints them for ever, with a pause of so many seconds. */
    static String script(double pause) {
        return "i=0; while :; do echo $i; i=$((i+1)); sleep " + pause + "; done";
    }

    /** What is wrong with the output from its beginning on, if anything. */
    static List<String> gaps(String source, String output) {
        var lines = output.lines().toList();
        if (lines.isEmpty()) {
            return List.of(source + " has printed nothing");
        }
        return gap(lines, 0)
                .map(gap -> List.of("the output of " + source + " " + gap))
                .orElse(List.of());
    }

    /** As {@link #gaps(String, String)}, of a program that may have begun anew several times. */
    static List<String> gapsOfRuns(String source, String output) {
        return Stream.of(output.split("(?m)^(?=0$)", -1))
                .filter(run -> !run.isEmpty())
                .flatMap(run -> gaps(source, run).stream())
                .toList();
    }

    /** Where the lines do not count on from the first. */
    static Optional<String> gap(List<String> lines, int first) {
        return IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).equals(String.valueOf(first + i)))
                .mapToObj(i -> "has \"" + lines.get(i) + "\" for " + (first + i))
                .findFirst();
    }
}
