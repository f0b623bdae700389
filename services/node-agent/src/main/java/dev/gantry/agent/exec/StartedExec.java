package dev.gantry.agent.exec;

import dev.gantry.agent.output.Stdin;
import java.util.concurrent.ExecutionException;

/** An exec that runs, for who started it. */
public final class StartedExec {
    private final LiveExec exec;

    StartedExec(LiveExec exec) {
        this.exec = exec;
    }

    public Stdin.Writer stdin() {
        return exec.writer();
    }

    /** Returns when its end is recorded and all its output delivered. */
    public void await() throws InterruptedException {
        try {
            exec.finished().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of exec " + exec.id() + " was not recorded", e);
        }
    }
}
