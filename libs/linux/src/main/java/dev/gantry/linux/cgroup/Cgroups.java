package dev.gantry.linux.cgroup;

import java.util.List;
import java.util.Optional;

/**
 * The control groups of one instance's containers.
 *
 * <p>Contract, held by one suite for every driver: a group exists after {@link #create} with its limits in force before any
 * process enters it; a create that fails leaves nothing; {@link #find} and {@link #list} see groups that an earlier
 * process made; {@link #remove} is idempotent and complete. Calls are safe from any thread; they touch cgroupfs only, which
 * does not wait for disks.
 */
public interface Cgroups {
    enum Version {
        V1,
        V2
    }

    Version version();

    /**
     * Makes the container's group, or takes over an empty one left by a start that failed, and writes the limits.
     *
     * @param container an id of hex digits
     * @throws CgroupException naming the file and the error, when a limit is refused or the host cannot enforce it
     */
    ContainerCgroup create(String container, Limits limits);

    /** The group of a container that was created before, also by an agent that died. */
    Optional<ContainerCgroup> find(String container);

    /** Container ids that have a group, whole or in part, in order. */
    List<String> list();

    /**
     * Removes the group in all hierarchies. What is not there is success. Waits a bounded time for the last process to
     * leave.
     *
     * @throws CgroupException when processes stay, naming how many
     */
    void remove(String container);

    /**
     * Where monitors live: a group of the instance beside its containers', made when missing, in the hierarchy that a service manager goes
     * by. Whoever stops the agent's group does not stop them. Empty on a host without such a hierarchy.
     */
    Optional<CgroupEntry> monitors();

    /** Removes that group unless somebody is in it, and the instance's own one there when nothing else is left. */
    void removeMonitors();
}
