package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.AT_FDCWD;
import static dev.gantry.linux.FileCalls.F_ADD_SEALS;
import static dev.gantry.linux.FileCalls.F_DUPFD_CLOEXEC;
import static dev.gantry.linux.FileCalls.MFD_ALLOW_SEALING;
import static dev.gantry.linux.FileCalls.MFD_CLOEXEC;
import static dev.gantry.linux.FileCalls.MFD_EXEC;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.MountCalls;
import dev.gantry.linux.cgroup.CgroupEntry;
import dev.gantry.linux.process.NetnsPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
            openGroup(Descriptors.CGROUP, spec.cgroup());
            openGroup(Descriptors.MONITOR_CGROUP, spec.monitorCgroup());
            SyscallList list = ContainerList.of(spec, openMounts(spec));
            Assembler.Image image = Assembler.assemble(list, Walker.LIST_ADDRESS);
            Spawned monitor = spawn(descriptors, image, spec);
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

    private void openGroup(String prefix, Optional<CgroupEntry> entry) {
        if (entry.isPresent()) {
            int flags = entry.get() instanceof CgroupEntry.Tasks ? FileCalls.O_WRONLY : FileCalls.O_DIRECTORY;
            for (Path path : Descriptors.paths(entry.get())) {
                ends.give(prefix + path, kernel.open(path.toString(), flags, 0));
            }
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

    /** The monitor right after its birth. */
    record Spawned(int pid, Fd pidfd) {}

    private Spawned spawn(Descriptors descriptors, Assembler.Image image, LaunchSpec spec) {
        // Above every number in the child, so that duplicating one never runs over another
        int floor = descriptors.last() + 2;
        List<Integer> sources = descriptors.names().stream()
                .map(name -> lift(source(name), floor))
                .toList();
        int executable = lift(memfd(Walker.executable(image.bytes().toArray())), floor);
        OptionalInt group = spec.monitorCgroup().filter(CgroupEntry.Directory.class::isInstance).stream()
                .flatMap(entry -> Descriptors.entries(Descriptors.MONITOR_CGROUP, Optional.of(entry)).stream())
                .mapToInt(this::source)
                .findFirst();
        SyscallList list = SpawnList.of(sources, executable, group);
        Assembler.Image layout = Assembler.assemble(list, 0);
        ByteBuffer after = ByteBuffer.wrap(kernel.walk(
                        Walker.code(),
                        Walker.FUNCTION,
                        base -> Assembler.assemble(list, base).bytes().toArray()))
                .order(ByteOrder.nativeOrder());
        return spawned(after, layout);
    }

    private Spawned spawned(ByteBuffer after, Assembler.Image layout) {
        long pid = after.getLong(layout.offset(SpawnList.CLONED));
        if (pid < 0) {
            throw LaunchFailure.at("clone the monitor", (int) -pid);
        }
        Fd pidfd = resources.untilFailure(Fd.own(kernel, after.getInt(layout.offset(SpawnList.PIDFD))));
        Spawned monitor = new Spawned((int) pid, pidfd);
        int errno = (int) after.getLong(layout.offset(SyscallList.Cell.FAILURE) + 8);
        if (errno != 0) {
            kernel.waitid(Kernel.P_PIDFD, pidfd.number(), Kernel.WEXITED);
            throw LaunchFailure.at("spawn the monitor", errno);
        }
        return monitor;
    }

    private int source(String name) {
        Integer fd = ends.given().get(name);
        if (fd == null) {
            throw new IllegalArgumentException("nothing to be " + name + "; a terminal needs a mount of devices");
        }
        return fd;
    }

    private int lift(int fd, int floor) {
        if (fd >= floor) {
            return fd;
        }
        return resources
                .untilSpawned(Fd.own(kernel, kernel.fcntl(fd, F_DUPFD_CLOEXEC, floor)))
                .number();
    }

    private int memfd(byte[] content) {
        int fd = resources.untilSpawned(Fd.own(kernel, memfdCreate())).number();
        for (int at = 0; at < content.length; ) {
            at += kernel.pwrite(fd, at == 0 ? content : Arrays.copyOfRange(content, at, content.length), at);
        }
        kernel.fcntl(
                fd,
                F_ADD_SEALS,
                FileCalls.F_SEAL_SEAL | FileCalls.F_SEAL_SHRINK | FileCalls.F_SEAL_GROW | FileCalls.F_SEAL_WRITE);
        return fd;
    }

    private int memfdCreate() {
        try {
            return kernel.memfdCreate("gantry-monitor", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
        } catch (KernelException e) {
            if (e.is(Errno.EINVAL)) { // MFD_EXEC is of kernel 6.3
                return kernel.memfdCreate("gantry-monitor", MFD_CLOEXEC | MFD_ALLOW_SEALING);
            }
            throw e;
        }
    }
}
