package dev.gantry.contracts.event;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of objects that the log is about, with Docker's word for each ({@code Type}), the stem of their topics, and which of the
 * two topics there are: nodes have no history of their own (an engine without a swarm has no such events), nobody follows the state of blobs.
 */
public enum ObjectKind {
    CONTAINER("container", "containers", true, true),
    IMAGE("image", "images", true, true),
    NETWORK("network", "networks", true, true),
    VOLUME("volume", "volumes", true, true),
    NODE("node", "nodes", false, true),
    REGISTRY("registry", "registry", true, false);

    private final String word;
    private final String stem;
    private final boolean events;
    private final boolean state;

    ObjectKind(String word, String stem, boolean events, boolean state) {
        this.word = word;
        this.stem = stem;
        this.events = events;
        this.state = state;
    }

    public boolean hasEvents() {
        return events;
    }

    public boolean hasState() {
        return state;
    }

    /** Docker's word: {@code container}. */
    public String word() {
        return word;
    }

    public static Optional<ObjectKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /**
     * History: every event for ever, public, keyed by object id.
     *
     * @throws IllegalStateException where there is none
     */
    public String eventsTopic() {
        return topic(events, "events");
    }

    /**
     * The latest snapshot of each object, compacted, internal, keyed by object id; a tombstone ends it.
     *
     * @throws IllegalStateException where there is none
     */
    public String stateTopic() {
        return topic(state, "state");
    }

    private String topic(boolean there, String ending) {
        if (!there) {
            throw new IllegalStateException("there is no topic of the " + ending + " of " + word);
        }
        return "gantry." + stem + "." + ending;
    }

    /** Whether Docker repeats action and id of such events in the old top-level fields. */
    boolean hasLegacyFields() {
        return this == CONTAINER || this == IMAGE;
    }
}
