package dev.gantry.agent.rootfs;

import java.util.List;

/**
 * Who a container's program runs as.
 *
 * @param groups what setgroups(2) gets: the primary group first, as an engine has it, then the others
 * @param home of the passwd entry, {@code /} without one; becomes HOME unless the environment has it
 */
public record ContainerUser(int uid, int gid, List<Integer> groups, String home) {
    public ContainerUser {
        groups = List.copyOf(groups);
    }
}
