package dev.gantry.e2e.fault;

import dev.gantry.e2e.harness.Command.Result;
import java.util.List;

/**
 * One thing that a client asked for, and what it was told.
 *
 * @param object the container or image that it is about
 * @param begun in {@link System#nanoTime}
 * @param ended likewise
 */
record Operation(String object, List<String> words, long begun, long ended, Result result) {
    boolean answered() {
        return result.exit() == 0;
    }

    /** Whether the client was waiting for its answer then. */
    boolean covers(long nanoTime) {
        return begun <= nanoTime && nanoTime <= ended;
    }

    @Override
    public String toString() {
        return "docker " + String.join(" ", words) + " (exit " + result.exit() + ": "
                + result.err().strip() + ")";
    }
}
