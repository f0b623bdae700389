package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.AT_REMOVEDIR;

import dev.gantry.linux.FileCalls;
import dev.gantry.linux.MountCalls;
import dev.gantry.linux.Sys;
import java.util.List;
import java.util.Map;

/** Fills the tmpfs that becomes a container's /dev, as the OCI runtime specification lists it under default devices. */
record DeviceList(ListWriter out, int mount) {
    /** Under which the mount is remembered, whatever its target. */
    static final String KEY = "devices";

    /** An empty directory, source for covering directories; it is unlinked once all is covered. */
    static final String EMPTY = ".empty";

    static final String NULL = "null";

    private static final int S_IFCHR = 0_020000;
    private static final int ANYONE = 0_666;

    static Mount.Filesystem filesystem(String target) {
        return new Mount.Filesystem(
                "tmpfs", target, Map.of("mode", "755", "size", "65536k"), MountCalls.MOUNT_ATTR_NOSUID);
    }

    void write(Mount.Devices devices, boolean terminal) {
        node(NULL, 1, 3);
        node("zero", 1, 5);
        node("full", 1, 7);
        node("random", 1, 8);
        node("urandom", 1, 9);
        node("tty", 5, 0);
        link("/proc/self/fd", "fd");
        link("/proc/self/fd/0", "stdin");
        link("/proc/self/fd/1", "stdout");
        link("/proc/self/fd/2", "stderr");
        link("/proc/kcore", "core");
        link("pts/ptmx", "ptmx");
        directory("pts");
        directory("shm");
        directory("mqueue");
        directory(EMPTY);
        if (terminal) {
            out.must("make /dev/console", Sys.MKNODAT, mount, "console", RootPaths.S_IFREG | 0_600, 0);
        }
        devices.extra().forEach(this::extra);
    }

    private void node(String name, int major, int minor) {
        out.must("make /dev/" + name, Sys.MKNODAT, mount, name, S_IFCHR | ANYONE, FileCalls.device(major, minor));
    }

    private void link(String to, String name) {
        out.must("make /dev/" + name, Sys.SYMLINKAT, to, mount, name);
    }

    private void directory(String name) {
        out.must("make /dev/" + name, Sys.MKDIRAT, mount, name, 0_755);
    }

    private void extra(Mount.DeviceNode node) {
        List<String> parts = RootPaths.parts("/" + node.name());
        for (int i = 1; i < parts.size(); i++) {
            out.may(Sys.MKDIRAT, mount, String.join("/", parts.subList(0, i)), 0_755);
        }
        String path = String.join("/", parts);
        int device = FileCalls.device(node.major(), node.minor());
        out.must("make /dev/" + path, Sys.MKNODAT, mount, path, node.mode(), device);
        out.must("give /dev/" + path + " away", Sys.FCHOWNAT, mount, path, node.uid(), node.gid(), 0);
    }

    /** Forgets the empty directory: the mounts of it stay, and nobody can put anything into it any more. */
    void removeEmpty() {
        out.must("remove /dev/" + EMPTY, Sys.UNLINKAT, mount, EMPTY, AT_REMOVEDIR);
    }
}
