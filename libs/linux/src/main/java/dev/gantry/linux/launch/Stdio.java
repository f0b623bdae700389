package dev.gantry.linux.launch;

/** What a container's descriptors 0, 1 and 2 are. */
public sealed interface Stdio {
    /** A pipe of 1 MiB each for output and errors; for input a pipe, or /dev/null when {@code stdinOpen} is false. */
    record Pipes(boolean stdinOpen) implements Stdio {}

    /** A pseudo terminal of the container's own devpts, its controlling terminal. */
    record Terminal(WindowSize size) implements Stdio {}

    /** Of a terminal, in characters. */
    record WindowSize(int rows, int columns) {}
}
