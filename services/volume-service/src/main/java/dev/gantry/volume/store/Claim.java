package dev.gantry.volume.store;

/**
 * A container's wish to mount a volume.
 *
 * @param destination in the container
 * @param anonymous nobody named the volume
 */
public record Claim(String volume, String destination, boolean anonymous) {}
