package dev.gantry.launcher.consistency;

import java.util.Locale;

/** Somebody who knows something. */
enum Store {
    SCHEDULER("scheduler-service"),
    NETWORK("network-service"),
    VOLUME("volume-service"),
    IMAGE("image-service"),
    REGISTRY("registry-service"),
    AGENT("the agent"),
    KERNEL("the kernel");

    private final String words;

    Store(String words) {
        this.words = words;
    }

    /** For scripts. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return words;
    }
}
