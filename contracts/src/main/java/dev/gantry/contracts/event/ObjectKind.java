package dev.gantry.contracts.event;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of objects that events are about, with Docker's word for each ({@code Type}) and the stem of their topics. */
public enum ObjectKind {
    CONTAINER("container", "containers"),
    IMAGE("image", "images"),
    NETWORK("network", "networks"),
    VOLUME("volume", "volumes"),
    NODE("node", "nodes"),
    REGISTRY("registry", "registry");

    private final String word;
    private final String stem;

    ObjectKind(String word, String stem) {
        this.word = word;
        this.stem = stem;
    }

    /** Docker's word: {@code container}. */
    public String word() {
        return word;
    }

    public static Optional<ObjectKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** History: every event for ever, public, keyed by object id. */
    public String eventsTopic() {
        return "gantry." + stem + ".events";
    }

    /** The latest snapshot of each object, compacted, internal, keyed by object id; a tombstone ends it. */
    public String stateTopic() {
        return "gantry." + stem + ".state";
    }

    /** Whether Docker repeats action and id of such events in the old top-level fields. */
    boolean hasLegacyFields() {
        return this == CONTAINER || this == IMAGE;
    }
}
