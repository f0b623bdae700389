package dev.gantry.volume.lifecycle;

/** The nodes' disks. Each call may be repeated, and throws NODE_AWAY when the node's agent is not reached. */
public interface Disks {
    /** A node for a volume that no container asked for. */
    String anyNode();

    /** @return where the volume's directory is on that node */
    String make(String node, String volume);

    /** @return the bytes that its files took */
    long remove(String node, String volume);
}
