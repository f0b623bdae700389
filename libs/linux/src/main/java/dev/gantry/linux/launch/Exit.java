package dev.gantry.linux.launch;

/** How a container's first process ended. */
public sealed interface Exit {
    /** By itself. */
    record Code(int code) implements Exit {}

    /** By a signal. */
    record Signal(int signal, boolean coreDumped) implements Exit {}

    /** Nobody saw it: its monitor was killed while no agent ran. */
    record Unknown() implements Exit {}

    /** What Docker shows: the code, 128 + the signal, or 255 when nobody knows. */
    default int dockerCode() {
        return switch (this) {
            case Code(int code) -> code;
            case Signal(int signal, boolean _) -> 128 + signal;
            case Unknown() -> 255;
        };
    }
}
