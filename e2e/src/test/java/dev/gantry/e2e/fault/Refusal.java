package dev.gantry.e2e.fault;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges what a client reads when it got no answer: a sentence that says what is away, nothing of the platform's insides. */
public final class Refusal {
    /** What the docker CLI says when its connection breaks: only a gateway that died may do that. */
    private static final List<Pattern> BROKEN = patterns(
            "error during connect",
            "Cannot connect to the Docker daemon",
            "connection reset by peer",
            "broken pipe",
            "unexpected EOF",
            "\\bEOF\\b");

    private static final List<Pattern> INSIDES = patterns(
            "Exception",
            "\\bjava\\.",
            "\\bio\\.grpc\\b",
            "\\borg\\.",
            "\\bnull\\b",
            "\\b(UNKNOWN|INTERNAL|UNAVAILABLE|CANCELLED|DEADLINE_EXCEEDED)\\b",
            "\\bat dev\\.gantry\\b",
            "HTTP code: 5..$");

    private Refusal() {}

    private static List<Pattern> patterns(String... expressions) {
        return List.of(expressions).stream().map(Pattern::compile).toList();
    }

    /**
     * What is wrong with it, if anything.
     *
     * @param connectionMayBreak whether the process that the client talks to was killed
     */
    public static Optional<String> complaint(String message, boolean connectionMayBreak) {
        if (message.isBlank()) {
            return Optional.of("it failed without a word");
        }
        var inside = INSIDES.stream().filter(pattern -> pattern.matcher(message).find());
        var broken = BROKEN.stream()
                .filter(pattern -> !connectionMayBreak)
                .filter(pattern -> pattern.matcher(message).find());
        return java.util.stream.Stream.concat(inside, broken)
                .findFirst()
                .map(pattern -> "\"" + pattern + "\" is not for clients");
    }
}
