package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.AT_FDCWD;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.MountCalls;
import dev.gantry.linux.cgroup.CgroupEntry;
import dev.gantry.linux.process.NetnsPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One launch: opens what the container needs, spawns the monitor with its list, and learns the pid. Runs on a platform thread. */
final class Launch {
    private static final int S_IFMT = 0_170000;
    private static final int S_IFDIR = 0_040000;
    private static final Map<String, String> DEVPTS = Map.of("mode", "0620", "gid", "5", "ptmxmode", "0666");

    private final Kernel kernel;
    private final NetnsPool networks;
    private final Launcher launcher;
    private final Resources resources = new Resources();
    private final HostEnds ends;

    Launch(Kernel kernel, NetnsPool networks, Launcher launcher) {
        this.kernel = kernel;
        this.networks = networks;
        this.launcher = launcher;
        this.ends = new HostEnds(kernel, resources);
    }

    /** Leaves nothing behind when it fails. */
    PreparedContainer prepare(LaunchSpec spec) {
        try {
            Descriptors descriptors = Descriptors.of(spec);
            ends.open(spec);
            openRoot(spec.root());
            openNetwork(spec.namespaces().network());
            ends.group(Descriptors.CGROUP, spec.cgroup());
            ends.group(Descriptors.MONITOR_CGROUP, spec.monitorCgroup());
            SyscallList list = ContainerList.of(spec, openMounts(spec));
            Assembler.Image image = Assembler.assemble(list, Walker.LIST_ADDRESS);
            Spawn.Spawned monitor = spawn(descriptors, image, spec);
            resources.spawned();
            return new PreparedContainer(kernel, launcher, resources, ends, spec, image, monitor).awaitPid();
        } catch (KernelException e) {
            giveUp(spec);
            throw LaunchFailure.of(e);
        } catch (RuntimeException e) {
            giveUp(spec);
            throw e;
        }
    }

    private void giveUp(LaunchSpec spec) {
        resources.failed();
        deleteExitFile(spec.exitFile());
    }

    static void deleteExitFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("left behind: " + file, e);
        }
    }

    private void openRoot(Root root) {
        switch (root) {
            case Root.Detached(Fd mount, boolean _) -> ends.given().put(Descriptors.ROOT, mount.number());
            case Root.Directory(Path path, boolean _) -> ends.give(Descriptors.ROOT, copy(path, true));
        }
    }

    private int copy(Path path, boolean recursive) {
        int flags = MountCalls.OPEN_TREE_CLONE | (recursive ? MountCalls.AT_RECURSIVE : 0);
        return kernel.openTree(AT_FDCWD, path.toString(), flags);
    }

    private void openNetwork(NetworkNamespace network) {
        switch (network) {
            case NetworkNamespace.Own() ->
                ends.give(Descriptors.NETWORK, networks.take().release());
            case NetworkNamespace.Given(Fd given) -> ends.given().put(Descriptors.NETWORK, given.number());
            case NetworkNamespace.Host() -> {}
        }
    }

    private SourceKinds openMounts(LaunchSpec spec) {
        List<Boolean> directories = new ArrayList<>();
        for (int i = 0; i < spec.mounts().size(); i++) {
            switch (spec.mounts().get(i)) {
                case Mount.Bind bind -> directories.add(openBind(Descriptors.bind(i, bind), bind));
                case Mount.Devices _ -> openDevpts(spec.stdio());
                case Mount.Filesystem _ -> {}
            }
        }
        return new SourceKinds(directories);
    }

    private boolean openBind(String name, Mount.Bind bind) {
        int source = copy(bind.source(), bind.recursive());
        ends.give(name, source);
        return (kernel.modeOf(source) & S_IFMT) == S_IFDIR;
    }

    private void openDevpts(Stdio stdio) {
        int mount;
        try (Fd context = Fd.own(kernel, kernel.fsopen("devpts"))) {
            DEVPTS.forEach((key, value) -> kernel.fsconfigString(context.number(), key, value));
            kernel.fsconfigString(context.number(), "source", "devpts");
            kernel.fsconfigCreate(context.number());
            mount = kernel.fsmount(context.number(), MountCalls.MOUNT_ATTR_NOSUID | MountCalls.MOUNT_ATTR_NOEXEC);
        }
        ends.give(Descriptors.DEVPTS, mount);
        if (stdio instanceof Stdio.Terminal(Stdio.WindowSize size)) {
            ends.terminal(mount, size);
        }
    }

    private Spawn.Spawned spawn(Descriptors descriptors, Assembler.Image image, LaunchSpec spec) {
        List<Integer> sources = descriptors.names().stream().map(this::source).toList();
        OptionalInt group = spec.monitorCgroup().filter(CgroupEntry.Directory.class::isInstance).stream()
                .flatMap(entry -> Descriptors.entries(Descriptors.MONITOR_CGROUP, Optional.of(entry)).stream())
                .mapToInt(this::source)
                .findFirst();
        return new Spawn(kernel, resources).spawn("gantry-monitor", sources, image, group);
    }

    private int source(String name) {
        Integer fd = ends.given().get(name);
        if (fd == null) {
            throw new IllegalArgumentException("nothing to be " + name + "; a terminal needs a mount of devices");
        }
        return fd;
    }
}
