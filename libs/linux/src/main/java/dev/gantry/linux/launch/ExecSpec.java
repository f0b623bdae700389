package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import dev.gantry.linux.cgroup.CgroupEntry;
import java.util.Optional;

/**
 * One more process in a running container.
 *
 * @param program what runs, and as whom; its working directory must exist
 * @param container a pidfd of the container's first process, whose namespaces it joins; still the caller's to close
 * @param cgroup the container's
 * @param birth where it is before, and stays in hierarchies where the container has no group of its own: outside the agent's
 * @param stdio what its descriptors 0 to 2 are
 */
public record ExecSpec(
        Program program, Fd container, Optional<CgroupEntry> cgroup, Optional<CgroupEntry> birth, ExecStdio stdio) {}
