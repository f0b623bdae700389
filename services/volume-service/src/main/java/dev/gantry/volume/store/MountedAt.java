package dev.gantry.volume.store;

/** What is told of a mount. */
public record MountedAt(String volume, String destination, boolean writable, String propagation) {}
