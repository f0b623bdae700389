package dev.gantry.linux.launch;

import dev.gantry.linux.MountCalls;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One mount of a container. Targets are paths inside its root, resolved there by the kernel (RESOLVE_IN_ROOT: links and
 * dots cannot lead outside), and made when missing.
 */
public sealed interface Mount {
    String target();

    /**
     * A file system of its own.
     *
     * @param type proc, sysfs, tmpfs, mqueue, cgroup2, ...
     * @param options as fsconfig(2) takes them; an empty value is a flag
     * @param attributes MOUNT_ATTR_ bits
     */
    record Filesystem(String type, String target, Map<String, String> options, long attributes) implements Mount {
        public Filesystem {
            options = Map.copyOf(options);
        }
    }

    /**
     * A file or directory of the host.
     *
     * @param recursive with what is mounted below it
     * @param propagation whether what is mounted later travels
     * @param readOnlyBelow whether read-only includes what is mounted below it
     */
    record Bind(
            Path source,
            String target,
            boolean readOnly,
            boolean recursive,
            Propagation propagation,
            boolean readOnlyBelow)
            implements Mount {
        /** Nothing that is mounted later on either side travels to the other. */
        public Bind(Path source, String target, boolean readOnly, boolean recursive) {
            this(source, target, readOnly, recursive, Propagation.RPRIVATE, true);
        }
    }

    /** Where mounts that are made later below a bind are seen (mount_namespaces(7)). The R stands for what is mounted below it as well. */
    enum Propagation {
        PRIVATE(MountCalls.MS_PRIVATE, false),
        RPRIVATE(MountCalls.MS_PRIVATE, true),
        SLAVE(MountCalls.MS_SLAVE, false),
        RSLAVE(MountCalls.MS_SLAVE, true),
        /** As the source has it: a copy of a shared mount is its peer. */
        SHARED(0, false),
        RSHARED(0, true);

        private final long flag;
        private final boolean below;

        Propagation(long flag, boolean below) {
            this.flag = flag;
            this.below = below;
        }

        long flag() {
            return flag;
        }

        boolean below() {
            return below;
        }
    }

    /** A tmpfs with the usual device nodes and links, and a devpts of its own in {@code pts}. One per container at most. */
    record Devices(String target, List<DeviceNode> extra) implements Mount {
        public Devices {
            extra = List.copyOf(extra);
        }
    }

    /**
     * A device node below the {@link Devices} mount.
     *
     * @param name relative to it, such as {@code fuse} or {@code snd/timer}
     * @param mode with the type bits S_IFCHR or S_IFBLK
     */
    record DeviceNode(String name, int mode, int major, int minor, int uid, int gid) {}

    /** proc, dev, shm, mqueue and a read-only sysfs, as Docker has them. */
    static List<Mount> standard(long shmBytes) {
        long quiet = MountCalls.MOUNT_ATTR_NOSUID | MountCalls.MOUNT_ATTR_NODEV | MountCalls.MOUNT_ATTR_NOEXEC;
        return List.of(
                new Filesystem("proc", "/proc", Map.of(), quiet),
                new Devices("/dev", List.of()),
                new Filesystem("sysfs", "/sys", Map.of(), quiet | MountCalls.MOUNT_ATTR_RDONLY),
                new Filesystem("mqueue", "/dev/mqueue", Map.of(), quiet),
                new Filesystem("tmpfs", "/dev/shm", Map.of("size", Long.toString(shmBytes), "mode", "1777"), quiet));
    }

    /** What Docker hides of an ordinary container. */
    static List<String> defaultMaskedPaths() {
        return List.of(
                "/proc/acpi",
                "/proc/asound",
                "/proc/interrupts",
                "/proc/kcore",
                "/proc/keys",
                "/proc/latency_stats",
                "/proc/sched_debug",
                "/proc/scsi",
                "/proc/timer_list",
                "/proc/timer_stats",
                "/sys/devices/virtual/powercap",
                "/sys/firmware");
    }

    /** What Docker makes read-only in an ordinary container. */
    static List<String> defaultReadOnlyPaths() {
        return List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");
    }
}
