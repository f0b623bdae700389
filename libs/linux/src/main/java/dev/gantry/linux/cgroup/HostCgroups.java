package dev.gantry.linux.cgroup;

import dev.gantry.linux.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which version a host has. */
public final class HostCgroups {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private HostCgroups() {}

    /**
     * The driver for this host: version 2 when it is all there is, version 1 when its controllers are mounted, also beside a
     * version 2 hierarchy (hybrid).
     *
     * @param instance the name of the parent group in each hierarchy
     * @throws CgroupException when neither is mounted at /sys/fs/cgroup
     */
    public static Cgroups of(String instance) {
        return at(ROOT, instance);
    }

    static Cgroups at(Path root, String instance) {
        if (Files.exists(root.resolve("cgroup.controllers"))) {
            return new UnifiedCgroups(new CgroupTree(), root, instance, new BpfDeviceGate(Kernel.real()));
        }
        if (Files.exists(root.resolve("memory/tasks")) || Files.exists(root.resolve("cpu/tasks"))) {
            return new SplitCgroups(new CgroupTree(), root, instance);
        }
        throw new CgroupException("no cgroup hierarchy is mounted at " + root);
    }
}
