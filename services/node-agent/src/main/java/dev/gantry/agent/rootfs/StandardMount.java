package dev.gantry.agent.rootfs;

import java.util.List;

/**
 * A mount that every container has.
 *
 * @param flags MS_* of mount(2)
 * @param data options of the file system itself
 */
public record StandardMount(String target, String type, String source, long flags, String data) {
    private static final long RDONLY = 1;
    private static final long NOSUID = 2;
    private static final long NODEV = 4;
    private static final long NOEXEC = 8;
    private static final long STRICTATIME = 1 << 24;

    /** In mounting order. {@code /sys} is writable in a privileged container only. @param shmSize of /dev/shm in bytes */
    public static List<StandardMount> of(boolean privileged, long shmSize) {
        return List.of(
                new StandardMount("/proc", "proc", "proc", NOSUID | NOEXEC | NODEV, ""),
                new StandardMount("/dev", "tmpfs", "tmpfs", NOSUID | STRICTATIME, "mode=755,size=65536k"),
                new StandardMount(
                        "/dev/pts", "devpts", "devpts", NOSUID | NOEXEC, "newinstance,ptmxmode=0666,mode=0620,gid=5"),
                new StandardMount(
                        "/sys", "sysfs", "sysfs", NOSUID | NOEXEC | NODEV | (privileged ? 0 : RDONLY), ""),
                new StandardMount("/dev/mqueue", "mqueue", "mqueue", NOSUID | NOEXEC | NODEV, ""),
                new StandardMount(
                        "/dev/shm", "tmpfs", "shm", NOSUID | NOEXEC | NODEV, "mode=1777,size=" + shmSize));
    }
}
