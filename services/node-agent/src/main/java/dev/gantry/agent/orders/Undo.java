package dev.gantry.agent.orders;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;

/** What a start has made so far, and how to take it back, last first. */
final class Undo {
    private static final Logger LOG = Logger.getLogger(Undo.class);

    private record Step(String what, Runnable work) {}

    private final Deque<Step> steps = new ArrayDeque<>();

    void add(String what, Runnable work) {
        steps.push(new Step(what, work));
    }

    /** Takes everything back; what cannot be is logged, and the rest is done all the same. @return whether nothing is left */
    boolean run() {
        var complete = true;
        for (var step : steps) {
            try {
                step.work().run();
            } catch (RuntimeException e) {
                LOG.errorf("cannot undo %s: %s", step.what(), e.getMessage());
                complete = false;
            }
        }
        steps.clear();
        return complete;
    }
}
