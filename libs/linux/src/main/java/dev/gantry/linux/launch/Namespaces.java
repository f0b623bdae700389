package dev.gantry.linux.launch;

/**
 * Which namespaces a container has of its own. The mount namespace always is.
 *
 * @param uts needed for {@code hostname} and {@code domainname}, which are ignored without
 * @param cgroup a root of its own in /proc/self/cgroup (Docker: private on cgroup v2, host on v1)
 * @param hostname empty: the host's
 * @param domainname empty: the host's
 */
public record Namespaces(
        NetworkNamespace network,
        boolean pid,
        boolean uts,
        boolean ipc,
        boolean cgroup,
        String hostname,
        String domainname) {
    /** Everything of its own but the cgroup root. */
    public static Namespaces own(NetworkNamespace network, String hostname) {
        return new Namespaces(network, true, true, true, false, hostname, "");
    }
}
