package dev.gantry.agent.monitor;

import dev.gantry.agent.output.Stdin;
import dev.gantry.linux.Fd;
import dev.gantry.linux.launch.LaunchedContainer;
import java.util.Optional;

/** The input of a launched process. */
record ProcessInput(LaunchedContainer process) implements Stdin.Target {
    @Override
    public Optional<Fd> descriptor() {
        return process.stdin();
    }

    @Override
    public boolean terminal() {
        return process.state().descriptors().terminal();
    }

    @Override
    public void close() {
        process.closeStdin();
    }
}
