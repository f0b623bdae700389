package dev.gantry.linux.cgroup;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import java.util.List;

/** One container's control group. */
public interface ContainerCgroup {
    String container();

    /** How a process enters; what it opens is to be closed by the caller once the launch is over. */
    CgroupEntry entry();

    /**
     * Changes the limits that {@code changed} names and leaves the others.
     *
     * @throws CgroupException when the kernel refuses one (EBUSY: more memory is used than the new limit allows); limits
     *     written before it stay
     */
    void update(Limits changed);

    CgroupStats stats();

    CgroupDetail detail();

    /** How often the kernel killed a process of this group for lack of memory. Never falls. */
    long oomKills();

    /**
     * A descriptor that becomes readable when the group runs out of memory, for epoll. What is read from it says nothing: read
     * until it would block and compare {@link #oomKills}. It stays silent when the group is removed. The caller closes it.
     *
     * @throws CgroupException when the host has no memory controller
     */
    Fd oomEvents(Kernel kernel);

    /** Pids in the host's pid namespace, in no order. */
    List<Integer> processes();

    /** SIGKILL to every process, also those that are forked meanwhile. Returns when it was sent, not when they are gone. */
    void killAll();

    /** Stops (docker pause) every process of the group; returns when they are stopped. */
    void freeze();

    void thaw();

    /** Whether it is, or is about to be. */
    boolean frozen();
}
