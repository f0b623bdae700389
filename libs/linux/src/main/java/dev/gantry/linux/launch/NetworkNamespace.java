package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;

/** Where a container's network is. */
public sealed interface NetworkNamespace {
    /** A fresh one with only a loopback device that is up; taken from the launcher's pool. */
    record Own() implements NetworkNamespace {}

    /** The host's. */
    record Host() implements NetworkNamespace {}

    /** A given one, say of another container; still the caller's to close. */
    record Given(Fd descriptor) implements NetworkNamespace {}
}
