package dev.gantry.linux.cgroup;

import java.util.Locale;

/** Controllers of version 1, in the order in which a group is made and written. */
enum Controller {
    /** First: a task can enter a cpuset only once it has CPUs and memory nodes. Made only when it is asked for. */
    CPUSET,
    CPU,
    CPUACCT,
    MEMORY,
    PIDS,
    BLKIO,
    DEVICES,
    FREEZER;

    /** Its directory below /sys/fs/cgroup, which may be a link to a joint one ({@code cpu,cpuacct}). */
    String directory() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean neededBy(Limits limits) {
        return this != CPUSET || limits.limitsCpuset();
    }
}
