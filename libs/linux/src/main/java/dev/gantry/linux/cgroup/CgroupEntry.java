package dev.gantry.linux.cgroup;

import java.nio.file.Path;
import java.util.List;

/**
 * How a process enters a container's group. Paths and not descriptors, so that whoever launches opens them with the
 * flags he needs and closes them where he opened them.
 */
public sealed interface CgroupEntry {
    /**
     * Version 1: the new process itself, while single-threaded, writes "0" to each file. Writing to cgroup.procs instead would
     * wait 10 to 15 ms for a grace period of RCU.
     */
    record Tasks(List<Path> files) implements CgroupEntry {}

    /** Version 2: a directory for {@code clone3} with {@code CLONE_INTO_CGROUP}. */
    record Directory(Path path) implements CgroupEntry {}
}
