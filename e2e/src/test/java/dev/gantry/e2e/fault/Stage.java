package dev.gantry.e2e.fault;

import dev.gantry.e2e.harness.Command.Result;
import dev.gantry.e2e.harness.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the clients of one kill play: what they make bears its name and label.
 *
 * @param name of the kill, in the names of all that it makes
 */
record Stage(Platform platform, String name, Victim victim) {
    /** Longer than the longest deadline of the platform, two minutes: who waits longer hangs. */
    private static final Duration HANGS_AFTER = Duration.ofSeconds(130);

    private static final byte[] NOTHING = {};

    String prefix(Moment moment) {
        return name + "-" + moment.tag() + "-";
    }

    /** No process outlives it: what shall run is started again, the rest has ended. */
    boolean hostDies() {
        return victim == Victim.HOST;
    }

    /** A name for the nth object of a moment. */
    String object(Moment moment, int number) {
        return prefix(moment) + number;
    }

    /** What all its containers bear. */
    String label() {
        return name;
    }

    /** One client's call. It ends with an answer or an error; a hang is told as {@link AssertionError}. */
    Operation call(String object, String... words) {
        return call(object, NOTHING, words);
    }

    Operation call(String object, byte[] input, String... words) {
        var begun = System.nanoTime();
        var result = platform.docker(HANGS_AFTER, input, words);
        return new Operation(object, List.of(words), begun, System.nanoTime(), result);
    }

    /** Something that must succeed, because nobody was killed yet. */
    String must(String... words) {
        var result = platform.docker(words);
        if (result.exit() != 0) {
            throw new AssertionError("docker " + String.join(" ", words) + ": " + result.err());
        }
        return result.out();
    }

    /** {@code docker create} or {@code run -d} with the label and a name. */
    String[] make(String verb, String container, List<String> options, String script) {
        var words = new ArrayList<>(List.of(verb));
        if (verb.equals("run")) {
            words.add("-d");
        }
        words.addAll(List.of("--name", container, "--label", label()));
        words.addAll(options);
        words.addAll(List.of("busybox", "sh", "-c", script));
        return words.toArray(String[]::new);
    }

    /** What was printed on standard output. */
    String logs(String container) {
        return platform.docker("logs", container).out();
    }

    Result quietly(String... words) {
        return platform.docker(HANGS_AFTER, NOTHING, words);
    }
}
