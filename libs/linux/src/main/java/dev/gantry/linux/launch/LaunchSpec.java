package dev.gantry.linux.launch;

import dev.gantry.linux.cgroup.CgroupEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that makes one container, as a value. Nothing is looked up later: names of users, defaults of an image and Docker's
 * options have been resolved by whoever builds it.
 *
 * @param program what runs, and as whom
 * @param root where its files are
 * @param mounts in the order they are made; {@link Mount#standard} are those of an ordinary container
 * @param maskedPaths absolute; files are covered by /dev/null, directories by an empty one; missing ones are passed by
 * @param readOnlyPaths absolute; missing ones are passed by
 * @param sysctls names with dots or slashes, below /proc/sys
 * @param namespaces which namespaces are its own
 * @param cgroup the group it enters before it does anything else; empty leaves it in the launching process's group
 * @param monitorCgroup where its monitor lives: outside the agent's own group, so that whoever stops the agent's group does
 *     not stop monitors; empty leaves it in the agent's
 * @param stdio what its descriptors 0 to 2 are
 * @param exitFile on the host, created by the launch (its directory must exist); holds the exit status once it ended
 */
public record LaunchSpec(
        Program program,
        Root root,
        List<Mount> mounts,
        List<String> maskedPaths,
        List<String> readOnlyPaths,
        Map<String, String> sysctls,
        Namespaces namespaces,
        Optional<CgroupEntry> cgroup,
        Optional<CgroupEntry> monitorCgroup,
        Stdio stdio,
        Path exitFile) {
    public LaunchSpec {
        mounts = List.copyOf(mounts);
        maskedPaths = List.copyOf(maskedPaths);
        readOnlyPaths = List.copyOf(readOnlyPaths);
        sysctls = Map.copyOf(sysctls);
    }

    /** The same with its monitor elsewhere. */
    public LaunchSpec withMonitorCgroup(Optional<CgroupEntry> group) {
        return new LaunchSpec(
                program, root, mounts, maskedPaths, readOnlyPaths, sysctls, namespaces, cgroup, group, stdio, exitFile);
    }

    /** The same with another program. */
    public LaunchSpec withProgram(Program other) {
        return new LaunchSpec(
                other,
                root,
                mounts,
                maskedPaths,
                readOnlyPaths,
                sysctls,
                namespaces,
                cgroup,
                monitorCgroup,
                stdio,
                exitFile);
    }
}
