package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.AT_EMPTY_PATH;
import static dev.gantry.linux.FileCalls.O_CLOEXEC;
import static dev.gantry.linux.FileCalls.O_PATH;
import static dev.gantry.linux.FileCalls.O_WRONLY;
import static dev.gantry.linux.FileCalls.RESOLVE_BENEATH;
import static dev.gantry.linux.FileCalls.RESOLVE_NO_MAGICLINKS;
import static dev.gantry.linux.FileCalls.RESOLVE_NO_XDEV;
import static dev.gantry.linux.MountCalls.AT_RECURSIVE;
import static dev.gantry.linux.MountCalls.MOUNT_ATTR_RDONLY;
import static dev.gantry.linux.MountCalls.MOVE_MOUNT_F_EMPTY_PATH;
import static dev.gantry.linux.MountCalls.MOVE_MOUNT_T_EMPTY_PATH;
import static dev.gantry.linux.MountCalls.OPEN_TREE_CLOEXEC;
import static dev.gantry.linux.MountCalls.OPEN_TREE_CLONE;

import dev.gantry.linux.Errno;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.MountCalls;
import dev.gantry.linux.Sys;
import dev.gantry.linux.launch.SyscallList.Label;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sysctls, covered paths and read-only paths. What lies in proc or sysfs is looked up in the very mount that was just made, not
 * by way of the root, so that a link or a mount of the image cannot stand in for it (CVE-2019-19921, CVE-2025-31133,
 * CVE-2025-52881); and what covers it comes from the fresh /dev mount, not from a path.
 */
record PathRules(ListWriter out, LaunchSpec spec, Map<String, Integer> attached, int root) {
    private static final int TO_DESCRIPTOR = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
    private static final int CLONE = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC;
    private static final int INSIDE = RESOLVE_BENEATH | RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS;

    void write() {
        new TreeMap<>(spec.sysctls()).forEach(this::sysctl);
        spec.readOnlyPaths().forEach(this::readOnly);
        spec.maskedPaths().forEach(this::mask);
        if (attached.containsKey(DeviceList.KEY)) {
            new DeviceList(out, device()).removeEmpty();
        }
    }

    private int device() {
        Integer mount = attached.get(DeviceList.KEY);
        if (mount == null) {
            throw new IllegalArgumentException("covering paths needs a mount of devices");
        }
        return mount;
    }

    private void sysctl(String name, String value) {
        Integer proc = attached.get("/proc");
        if (proc == null) {
            throw new IllegalArgumentException("sysctl " + name + " needs a mount of proc");
        }
        String path = "sys/" + (name.indexOf('/') < 0 ? name.replace('.', '/') : name);
        int file = out.opens();
        byte[] how = FileCalls.openHow(O_WRONLY | O_CLOEXEC, 0, INSIDE);
        out.must("open sysctl " + name, Sys.OPENAT2, proc, path, how, RootPaths.SIZE_OF_HOW);
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        out.must("set sysctl " + name + " to " + value, Sys.WRITE, file, value, length);
        out.close(file);
    }

    /** Opens a path, or goes elsewhere when it is missing. */
    private int open(String path, Label missing) {
        int opened = out.opens();
        for (String mount : new String[] {"/proc", "/sys"}) {
            Integer descriptor = attached.get(mount);
            if (descriptor != null && path.startsWith(mount + "/")) {
                byte[] how = FileCalls.openHow(O_PATH | O_CLOEXEC, 0, INSIDE);
                String relative = path.substring(mount.length() + 1);
                out.unless(
                        Errno.ENOENT,
                        missing,
                        "open " + path,
                        Sys.OPENAT2,
                        descriptor,
                        relative,
                        how,
                        RootPaths.SIZE_OF_HOW);
                return opened;
            }
        }
        String relative = String.join("/", RootPaths.parts(path));
        out.unless(
                Errno.ENOENT,
                missing,
                "open " + path,
                Sys.OPENAT2,
                root,
                relative,
                RootPaths.how(0),
                RootPaths.SIZE_OF_HOW);
        return opened;
    }

    private void readOnly(String path) {
        Label done = out.newLabel("read-only " + path);
        int target = open(path, done);
        int copy = out.opens();
        out.must("copy " + path, Sys.OPEN_TREE, target, "", CLONE | AT_EMPTY_PATH | AT_RECURSIVE);
        makeReadOnly(copy, path);
        out.must("make " + path + " read-only", Sys.MOVE_MOUNT, copy, "", target, "", TO_DESCRIPTOR);
        out.close(copy);
        out.place(done);
        out.close(target);
    }

    private void makeReadOnly(int mount, String path) {
        out.must(
                "make " + path + " read-only",
                Sys.MOUNT_SETATTR,
                mount,
                "",
                AT_EMPTY_PATH | AT_RECURSIVE,
                MountCalls.mountAttr(MOUNT_ATTR_RDONLY, 0, 0),
                32);
    }

    private void mask(String path) {
        Label done = out.newLabel("masked " + path);
        Label directory = out.newLabel("mask directory " + path);
        int target = open(path, done);
        int cover = out.opens();
        out.must("open /dev/null", Sys.OPEN_TREE, device(), DeviceList.NULL, CLONE);
        // move_mount says EINVAL where mount(2) says ENOTDIR; any other reason for it fails again below
        out.unless(Errno.EINVAL, directory, "mask " + path, Sys.MOVE_MOUNT, cover, "", target, "", TO_DESCRIPTOR);
        out.close(cover);
        out.jump(done);
        out.place(directory);
        out.close(cover);
        int empty = out.opens();
        out.must("open an empty directory", Sys.OPEN_TREE, device(), DeviceList.EMPTY, CLONE);
        makeReadOnly(empty, path);
        out.must("mask " + path, Sys.MOVE_MOUNT, empty, "", target, "", TO_DESCRIPTOR);
        out.close(empty);
        out.place(done);
        out.close(target);
    }
}
