package dev.gantry.contracts.docker.mount;

import dev.gantry.contracts.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The third part of {@code source:destination:mode}: at most one word of each kind, separated by commas (moby's {@code
 * volume/mounts/linux_parser.go}).
 *
 * @param text as it was written
 * @param propagation as it was asked for
 */
record MountMode(String text, boolean readOnly, Optional<String> propagation, boolean noCopy) {
    static final Set<String> PROPAGATIONS = Set.of("private", "rprivate", "slave", "rslave", "shared", "rshared");

    private static final List<Set<String>> KINDS = List.of(
            Set.of("rw", "ro"),
            Set.of("z", "Z"),
            PROPAGATIONS,
            Set.of("nocopy"),
            Set.of("consistent", "cached", "delegated"));

    /** @throws dev.gantry.contracts.error.GantryException {@code invalid mode: ...}, 500 as in Docker */
    static MountMode parse(String text) {
        if (!valid(text)) {
            throw ErrorCode.INVALID_VOLUME_SPEC.with("invalid mode: " + text);
        }
        List<String> words = words(text);
        return new MountMode(
                text,
                words.contains("ro"),
                words.stream().filter(PROPAGATIONS::contains).findFirst(),
                words.contains("nocopy"));
    }

    static boolean valid(String text) {
        List<String> words = words(text);
        return words.stream().allMatch(word -> KINDS.stream().anyMatch(kind -> kind.contains(word)))
                && KINDS.stream()
                        .allMatch(kind -> words.stream().filter(kind::contains).count() <= 1);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
    }
}
