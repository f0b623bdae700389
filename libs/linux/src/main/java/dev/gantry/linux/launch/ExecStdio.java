package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;

/** What descriptors 0 to 2 of a process that joins a container are. Nobody but the launching process holds the other ends. */
public sealed interface ExecStdio {
    /** A pipe where wanted, elsewhere /dev/null. */
    record Pipes(boolean stdin, boolean stdout, boolean stderr) implements ExecStdio {}

    /**
     * A new pseudo terminal, its controlling one.
     *
     * @param devpts the container's: {@link ContainerRoot#devpts}; still the caller's to close
     */
    record Terminal(Stdio.WindowSize size, Fd devpts) implements ExecStdio {}
}
