package dev.gantry.launcher.consistency;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the kernel of this host has of the instance.
 *
 * @param processes all of the host's
 * @param cgroups the containers that have a group
 * @param mounts in the host's own mount namespace, below the agent's directory
 * @param insides of the containers that run by the agent's word, by container
 * @param links that carry the instance's name, and all bridges
 * @param table what the instance's nf_tables table leads where; empty without a table
 * @param listeners of the host's network namespace
 */
record KernelFacts(
        List<HostProcess> processes,
        Set<String> cgroups,
        List<String> mounts,
        Map<String, Inside> insides,
        List<HostLink> links,
        Optional<List<LedPort>> table,
        List<Listener> listeners) {
    KernelFacts {
        processes = List.copyOf(processes);
        cgroups = Set.copyOf(cgroups);
        mounts = List.copyOf(mounts);
        insides = Map.copyOf(insides);
        links = List.copyOf(links);
        listeners = List.copyOf(listeners);
    }

    /**
     * A process.
     *
     * @param startTime field 22 of {@code /proc/<pid>/stat}
     * @param container in whose group it is
     * @param monitor it is in the group of the instance's monitors
     */
    record HostProcess(int pid, long startTime, boolean zombie, Optional<String> container, boolean monitor) {}

    /**
     * A container as its first process sees it.
     *
     * @param rootType the file system type of its root
     * @param upper the upper directory of its root, empty when there is none
     * @param mounts what is mounted where
     * @param addresses its own IPv4 addresses, the loopback's left out
     */
    record Inside(String rootType, String upper, List<InnerMount> mounts, Set<String> addresses) {
        Inside {
            mounts = List.copyOf(mounts);
            addresses = Set.copyOf(addresses);
        }
    }

    /** @param source the path that is mounted, within its file system */
    record InnerMount(String point, String source) {}

    /**
     * A link of the host.
     *
     * @param owner the container it was made for; for a bridge the word bridge, or empty when it is not the instance's
     * @param bridge it hangs on, empty: none
     */
    record HostLink(String name, String kind, String owner, String bridge) {}

    /**
     * A port of the host that leads to a container's.
     *
     * @param host one of the host's addresses, empty: all of the target's family
     */
    record LedPort(String protocol, String host, int hostPort, String target, int targetPort) {
        @Override
        public String toString() {
            return (host.isEmpty() ? "*" : host) + ":" + hostPort + "/" + protocol + " to " + target + ":" + targetPort;
        }
    }

    /** @param agent the agent has it */
    record Listener(String protocol, int port, boolean agent) {}
}
