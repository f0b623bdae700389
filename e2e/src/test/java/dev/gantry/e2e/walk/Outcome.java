package dev.gantry.e2e.walk;

import dev.gantry.e2e.harness.Command.Result;
import java.util.List;

/** What a client knows after its call. */
enum Outcome {
    DONE,
    /** For a reason that lies in the object's state. */
    REFUSED,
    /** Something was away: it may have been done, may be done later, or never. */
    UNKNOWN;

    private static final List<String> REASONS = List.of(
            "No such container",
            "is already in use by container",
            "is not running",
            "cannot remove container",
            "no such volume",
            "No such image",
            "is already in progress");

    static Outcome of(Result result) {
        if (result.exit() == 0) {
            return DONE;
        }
        return REASONS.stream().anyMatch(result.err()::contains) ? REFUSED : UNKNOWN;
    }
}
