package dev.gantry.linux.launch;

/** What a restarted agent found of a container. */
public sealed interface Adopted {
    /** It runs, or its monitor still holds output or the exit status to be read: treat it like a started one. */
    record Running(LaunchedContainer container) implements Adopted {}

    /** It has ended and no output is left to be read. */
    record Ended(Exit exit) implements Adopted {}
}
