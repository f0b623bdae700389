package dev.gantry.scheduler.placement;

/**
 * What placement knows of a node.
 *
 * @param platform in OCI's words: linux/amd64
 * @param containers how many live there, running or not
 * @param memoryBytes what it has; 0: unknown
 */
public record Candidate(String node, boolean ready, String platform, int containers, long memoryBytes) {}
