package dev.gantry.agent.rootfs;

/** What must be on the disk when a container's root is unmounted. */
public enum Durability {
    /** All that the container wrote. Unmounting waits for the disk, about 4 ms on an idle one. */
    DURABLE,
    /** Nothing: the root is deleted when the container ends. Unmounting is a matter of microseconds. */
    EPHEMERAL
}
