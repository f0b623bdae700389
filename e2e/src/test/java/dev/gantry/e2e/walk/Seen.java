package dev.gantry.e2e.walk;

import dev.gantry.e2e.walk.ContainerState.Status;
import java.util.Locale;

/** What {@code docker inspect} says about a container that is there. */
record Seen(String status, int exit) {
    /** @param text status and exit code with a blank between */
    static Seen of(String text) {
        var words = text.split(" ", -1);
        return new Seen(words[0], Integer.parseInt(words[1]));
    }

    /** On its way out: no state of its own, and what it was asked before may still be answered as if it were there. */
    boolean removing() {
        return status.equals("removing");
    }

    boolean fits(ContainerState state) {
        return !state.is(Status.ABSENT)
                && status.equals(state.status().name().toLowerCase(Locale.ROOT))
                && (!state.is(Status.EXITED) || exit == state.exit());
    }
}
