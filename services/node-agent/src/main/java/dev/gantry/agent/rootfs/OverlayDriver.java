package dev.gantry.agent.rootfs;

import dev.gantry.agent.files.Trees;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.MountCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Overlay file systems (Documentation/filesystems/overlayfs.rst). Layers are handed over one by one with
 * {@code lowerdir+} where the kernel knows it (6.8); older ones get one option string, in which each layer is named by the
 * number of an open descriptor because mount(2) takes no more than a page.
 */
public final class OverlayDriver implements StorageDriver {
    private static final String UPPER = "upper";
    private static final String WORK = "work";

    private final Kernel kernel;

    public OverlayDriver(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "overlay2";
    }

    @Override
    public Path changes(Path directory) {
        return directory.resolve(UPPER);
    }

    @Override
    public Fd mount(Path directory, List<Path> layers, Durability durability) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a root needs at least one layer");
        }
        makeDirectories(directory);
        try {
            return mountByDescriptor(directory, layers, durability);
        } catch (KernelException e) {
            // EINVAL of an old kernel: it does not know lowerdir+.
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
            return mountByOptions(directory, layers, durability);
        }
    }

    /** The changes are one more layer, so nothing of them is locked and nothing is written. */
    @Override
    public Fd view(Path directory, List<Path> layers) {
        var upper = directory.resolve(UPPER);
        if (!Files.isDirectory(upper)) {
            makeDirectories(directory);
        }
        var all = new ArrayList<>(layers);
        all.add(upper);
        try (var context = Fd.own(kernel, kernel.fsopen("overlay"))) {
            for (var layer : all.reversed()) {
                kernel.fsconfigString(context.number(), "lowerdir+", layer.toString());
            }
            kernel.fsconfigCreate(context.number());
            return Fd.own(kernel, kernel.fsmount(context.number(), MountCalls.MOUNT_ATTR_RDONLY));
        } catch (KernelException e) {
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
            return mountByOptions(directory, all, "");
        }
    }

    /** The upper directory becomes the root's own: its mode is what the container sees of {@code /}. */
    private static void makeDirectories(Path directory) {
        try {
            Files.createDirectories(directory);
            for (var name : List.of(UPPER, WORK)) {
                var child = directory.resolve(name);
                if (!Files.isDirectory(child)) {
                    Files.createDirectory(child);
                    Files.setPosixFilePermissions(child, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
            // A volatile mount leaves a mark so that nobody mounts again what a crash may have damaged. Only a
            // container
            // that is deleted at its end is mounted so, and being started again by hand before that is fine.
            Trees.delete(directory.resolve(WORK).resolve(WORK).resolve("incompat"));
        } catch (IOException e) {
            throw new UncheckedIOException("make overlay directories in " + directory, e);
        }
    }

    private Fd mountByDescriptor(Path directory, List<Path> layers, Durability durability) {
        try (var context = Fd.own(kernel, kernel.fsopen("overlay"))) {
            for (var layer : layers.reversed()) {
                kernel.fsconfigString(context.number(), "lowerdir+", layer.toString());
            }
            kernel.fsconfigString(
                    context.number(), "upperdir", directory.resolve(UPPER).toString());
            kernel.fsconfigString(
                    context.number(), "workdir", directory.resolve(WORK).toString());
            kernel.fsconfigString(context.number(), "index", "off");
            if (durability == Durability.EPHEMERAL) {
                kernel.fsconfigFlag(context.number(), "volatile");
            }
            kernel.fsconfigCreate(context.number());
            return Fd.own(kernel, kernel.fsmount(context.number(), 0));
        }
    }

    /** Attached for a moment, in the agent's own mount namespace, then cloned and detached. */
    Fd mountByOptions(Path directory, List<Path> layers, Durability durability) {
        try (var upper = opened(directory.resolve(UPPER));
                var work = opened(directory.resolve(WORK))) {
            return mountByOptions(
                    directory,
                    layers,
                    ",upperdir=" + named(upper) + ",workdir=" + named(work) + ",index=off"
                            + (durability == Durability.EPHEMERAL ? ",volatile" : ""));
        }
    }

    private Fd mountByOptions(Path directory, List<Path> layers, String more) {
        var open = new ArrayList<Fd>();
        var point = directory.resolve(
                "mount-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        try {
            var lower = new ArrayList<String>();
            for (var layer : layers.reversed()) {
                lower.add(descriptor(layer, open));
            }
            Files.createDirectory(point);
            kernel.mount("overlay", point.toString(), "overlay", 0, "lowerdir=" + String.join(":", lower) + more);
            return detach(point);
        } catch (IOException e) {
            throw new UncheckedIOException("mount overlay at " + point, e);
        } finally {
            open.forEach(Fd::close);
            deleteQuietly(point);
        }
    }

    private Fd detach(Path point) {
        try {
            return Fd.own(kernel, kernel.openTree(FileCalls.AT_FDCWD, point.toString(), MountCalls.OPEN_TREE_CLONE));
        } finally {
            kernel.umount2(point.toString(), MountCalls.MNT_DETACH);
        }
    }

    private static void deleteQuietly(Path point) {
        try {
            Files.deleteIfExists(point);
        } catch (IOException e) {
            System.getLogger(OverlayDriver.class.getName())
                    .log(System.Logger.Level.WARNING, "left behind: {0}: {1}", point, e.getMessage());
        }
    }

    private String descriptor(Path directory, List<Fd> open) {
        var fd = opened(directory);
        open.add(fd);
        return named(fd);
    }

    private Fd opened(Path directory) {
        return Fd.own(kernel, kernel.open(directory.toString(), FileCalls.O_PATH | FileCalls.O_DIRECTORY, 0));
    }

    private static String named(Fd fd) {
        return "/proc/self/fd/" + fd.number();
    }
}
