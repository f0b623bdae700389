package dev.gantry.agent.archive;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.rpc.ChangedPaths.ChangedPath;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import dev.gantry.oci.layer.LayerPath;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an overlay's upper directory says was changed: what is in there and in a layer below was modified, what is in no layer was added, a character
 * device 0/0 stands for what was deleted. The files that the engine itself mounts something on are nobody's change.
 */
final class ChangedFiles {
    private static final int MODIFIED = 0;
    private static final int ADDED = 1;
    private static final int DELETED = 2;
    private static final int DEEPEST = 1_000;
    private static final int DIRECTORY =
            FileCalls.O_RDONLY | FileCalls.O_DIRECTORY | FileCalls.O_NOFOLLOW | FileCalls.O_CLOEXEC;
    private static final long BELOW = FileCalls.RESOLVE_BENEATH | FileCalls.RESOLVE_NO_MAGICLINKS;
    private static final Set<String> OURS =
            Set.of("etc/hosts", "etc/hostname", "etc/resolv.conf", "dev", "proc", "sys", ".dockerenv");

    private final Kernel kernel;
    private final List<Path> layers;
    private final Archives.Changed changed;

    /** @param layers the lowest first */
    ChangedFiles(Kernel kernel, List<Path> layers, Archives.Changed changed) {
        this.kernel = kernel;
        this.layers = layers.reversed();
        this.changed = changed;
    }

    /** A directory that is not there holds no change. */
    void below(Path upper) throws InterruptedException {
        if (Files.isDirectory(upper, LinkOption.NOFOLLOW_LINKS)) {
            try (Fd directory = Fd.own(kernel, kernel.open(upper.toString(), DIRECTORY, 0))) {
                for (ChangedPath change : directory(directory, LayerPath.ROOT, 0)) {
                    changed.tell(change);
                }
            }
        }
    }

    /** Tells nothing yet: whether a directory is told of depends on what is in it. */
    private List<ChangedPath> directory(Fd directory, LayerPath path, int depth) {
        List<ChangedPath> found = new ArrayList<>();
        if (depth > DEEPEST) {
            return found;
        }
        for (byte[] name : names(directory)) {
            LayerPath child = path.child(name);
            if (!OURS.contains(child.toString())) {
                entry(directory, Arrays.copyOf(name, name.length + 1), child, depth, found);
            }
        }
        return found;
    }

    private List<byte[]> names(Fd directory) {
        List<byte[]> names = new ArrayList<>();
        Listing listing = new Listing(kernel, directory);
        for (List<byte[]> some = listing.next(); !some.isEmpty(); some = listing.next()) {
            names.addAll(some);
        }
        names.sort(Arrays::compareUnsigned);
        return names;
    }

    private void entry(Fd directory, byte[] name, LayerPath path, int depth, List<ChangedPath> found) {
        try {
            FileStat stat = FileStat.of(kernel, directory, name);
            if (stat.type() == FileStat.S_IFCHR && stat.major() == 0 && stat.minor() == 0) {
                found.add(change(path, DELETED));
                return;
            }
            Optional<FileStat> before = before(path);
            List<ChangedPath> inside = List.of();
            if (stat.isDirectory()) {
                try (Fd child = Inside.child(kernel, directory, name)) {
                    inside = directory(child, path, depth + 1);
                }
            }
            if (!inside.isEmpty()
                    || !before.map(old -> sameDirectory(old, stat)).orElse(false)) {
                found.add(change(path, before.isPresent() ? MODIFIED : ADDED));
                found.addAll(inside);
            }
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR) && !e.is(Errno.ELOOP)) {
                throw e; // else the container took it away while we looked
            }
        }
    }

    /** One that was only passed through, on the way to a file of ours. */
    private static boolean sameDirectory(FileStat old, FileStat now) {
        return old.isDirectory()
                && now.isDirectory()
                && old.mode() == now.mode()
                && old.uid() == now.uid()
                && old.gid() == now.gid();
    }

    private static ChangedPath change(LayerPath path, int kind) {
        return ChangedPath.newBuilder()
                .setPath(ByteString.copyFromUtf8("/").concat(ByteString.copyFrom(path.bytes())))
                .setKind(kind)
                .build();
    }

    /** What the image has there: the highest layer that knows of it decides. */
    private Optional<FileStat> before(LayerPath path) {
        for (Path layer : layers) {
            Optional<FileStat> stat = in(layer, path);
            if (stat.isPresent()) {
                boolean whiteout = stat.get().type() == FileStat.S_IFCHR
                        && stat.get().major() == 0
                        && stat.get().minor() == 0;
                return whiteout ? Optional.empty() : stat;
            }
        }
        return Optional.empty();
    }

    private Optional<FileStat> in(Path layer, LayerPath path) {
        byte[] how = FileCalls.openHow(FileCalls.O_PATH | FileCalls.O_NOFOLLOW | FileCalls.O_CLOEXEC, 0, BELOW);
        try (Fd root = Fd.own(kernel, kernel.open(layer.toString(), DIRECTORY, 0));
                Fd file = Fd.own(kernel, (int) kernel.call(
                        Sys.OPENAT2, root, Arrays.copyOf(path.bytes(), path.bytes().length + 1), how, how.length))) {
            return Optional.of(FileStat.of(kernel, file));
        } catch (KernelException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP) || e.is(Errno.EXDEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
