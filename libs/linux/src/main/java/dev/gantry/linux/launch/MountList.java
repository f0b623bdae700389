package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.AT_EMPTY_PATH;
import static dev.gantry.linux.MountCalls.AT_RECURSIVE;
import static dev.gantry.linux.MountCalls.FSCONFIG_CMD_CREATE;
import static dev.gantry.linux.MountCalls.FSCONFIG_SET_FLAG;
import static dev.gantry.linux.MountCalls.FSCONFIG_SET_STRING;
import static dev.gantry.linux.MountCalls.FSMOUNT_CLOEXEC;
import static dev.gantry.linux.MountCalls.FSOPEN_CLOEXEC;
import static dev.gantry.linux.MountCalls.MOUNT_ATTR_RDONLY;
import static dev.gantry.linux.MountCalls.MOVE_MOUNT_F_EMPTY_PATH;
import static dev.gantry.linux.MountCalls.MOVE_MOUNT_T_EMPTY_PATH;

import dev.gantry.linux.MountCalls;
import dev.gantry.linux.Sys;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** The part of pid 1's list that makes what the container sees of its files. Pure. */
final class MountList {
    private static final int SIZE_OF_ATTR = 32;

    private final ListWriter out;
    private final LaunchSpec spec;
    private final Descriptors fds;
    private final Iterator<Boolean> directories;
    private final RootPaths paths;
    private final Map<String, Integer> attached = new HashMap<>();

    MountList(ListWriter out, LaunchSpec spec, Descriptors fds, SourceKinds kinds) {
        this.out = out;
        this.spec = spec;
        this.fds = fds;
        this.directories = kinds.directories().iterator();
        this.paths = new RootPaths(out, fds.number(Descriptors.ROOT));
    }

    void write() {
        for (int i = 0; i < spec.mounts().size(); i++) {
            switch (spec.mounts().get(i)) {
                case Mount.Filesystem filesystem -> mount(filesystem);
                case Mount.Bind bind -> bind(bind, fds.number(Descriptors.bind(i, bind)));
                case Mount.Devices devices -> devices(devices);
            }
        }
        new PathRules(out, spec, attached, fds.number(Descriptors.ROOT)).write();
        if (!spec.program().cwd().equals("/")) {
            out.close(paths.make(spec.program().cwd(), true));
        }
    }

    private void mount(Mount.Filesystem filesystem) {
        int mount = create(filesystem);
        attach(mount, filesystem.target(), true);
        // Kept open: what is looked up in proc or sysfs later is looked up in this mount, whatever lies on the path by
        // then
        attached.put(filesystem.target(), mount);
    }

    /** Writes the calls that make a detached mount. */
    private int create(Mount.Filesystem filesystem) {
        String purpose = "mount " + filesystem.type() + " at " + filesystem.target();
        int context = out.opens();
        out.must(purpose, Sys.FSOPEN, filesystem.type(), FSOPEN_CLOEXEC);
        new TreeMap<>(filesystem.options()).forEach((key, value) -> {
            boolean flag = value.isEmpty();
            String option = purpose + ", option " + key + (flag ? "" : "=" + value);
            out.must(
                    option,
                    Sys.FSCONFIG,
                    context,
                    flag ? FSCONFIG_SET_FLAG : FSCONFIG_SET_STRING,
                    key,
                    flag ? 0 : value,
                    0);
        });
        out.must(purpose, Sys.FSCONFIG, context, FSCONFIG_SET_STRING, "source", filesystem.type(), 0);
        out.must(purpose, Sys.FSCONFIG, context, FSCONFIG_CMD_CREATE, 0, 0, 0);
        int mount = out.opens();
        out.must(purpose, Sys.FSMOUNT, context, FSMOUNT_CLOEXEC, filesystem.attributes());
        out.close(context);
        return mount;
    }

    private void bind(Mount.Bind bind, int source) {
        long readOnly = bind.readOnly() ? MOUNT_ATTR_RDONLY : 0;
        Mount.Propagation propagation = bind.propagation();
        if (propagation.below() == bind.readOnlyBelow()) {
            change(bind, source, readOnly, propagation.flag(), propagation.below());
        } else {
            change(bind, source, 0, propagation.flag(), propagation.below());
            change(bind, source, readOnly, 0, bind.readOnlyBelow());
        }
        attach(source, bind.target(), directories.next());
        out.close(source);
    }

    private void change(Mount.Bind bind, int source, long attributes, long propagation, boolean below) {
        if (attributes != 0 || propagation != 0) {
            out.must(
                    "bind " + bind.source(),
                    Sys.MOUNT_SETATTR,
                    source,
                    "",
                    AT_EMPTY_PATH | (below ? AT_RECURSIVE : 0),
                    MountCalls.mountAttr(attributes, 0, propagation),
                    SIZE_OF_ATTR);
        }
    }

    private void devices(Mount.Devices devices) {
        int mount = create(DeviceList.filesystem(devices.target()));
        boolean terminal = spec.stdio() instanceof Stdio.Terminal;
        new DeviceList(out, mount).write(devices, terminal);
        attach(mount, devices.target(), true);
        int pts = fds.number(Descriptors.DEVPTS);
        attach(pts, devices.target() + "/pts", true);
        if (terminal) {
            int console = out.opens();
            out.must(
                    "open the terminal",
                    Sys.OPEN_TREE,
                    pts,
                    "0",
                    MountCalls.OPEN_TREE_CLONE | MountCalls.OPEN_TREE_CLOEXEC);
            attach(console, devices.target() + "/console", false);
            out.close(console);
        }
        attached.put(DeviceList.KEY, mount);
    }

    private void attach(int mount, String target, boolean directory) {
        int at = paths.make(target, directory);
        out.must(
                "mount at " + target,
                Sys.MOVE_MOUNT,
                mount,
                "",
                at,
                "",
                MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
        out.close(at);
    }
}
