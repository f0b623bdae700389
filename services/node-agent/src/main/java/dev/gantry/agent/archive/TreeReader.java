package dev.gantry.agent.archive;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;
import dev.gantry.oci.layer.Attributes;
import dev.gantry.oci.layer.LayerEntry;
import dev.gantry.oci.layer.LayerPath;
import dev.gantry.oci.layer.LayerWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a file, or a directory with all below it, to an archive. What disappears while it is read is left out; sockets are left out, as tar has no word
 * for them. Memory grows with the files of several names alone.
 */
final class TreeReader {
    /** How far a tree goes where something is mounted in it. */
    enum Mounts {
        /** What is mounted is read, but not what the kernel makes up: proc, sys and devices look like empty directories. */
        READ,
        /** A mount point looks like an empty directory or file. */
        LEAVE_OUT
    }

    private static final int DEEPEST = 1_000;
    private static final int LONGEST_ATTRIBUTE = 64 << 10;
    private static final int FILE =
            FileCalls.O_RDONLY | FileCalls.O_NOFOLLOW | FileCalls.O_NONBLOCK | FileCalls.O_NOCTTY | FileCalls.O_CLOEXEC;
    /** Of statfs(2): proc, sysfs, cgroup, cgroup2, devpts, mqueue, debugfs, tracefs, securityfs, bpf. */
    private static final Set<Long> MADE_UP = Set.of(
            0x9fa0L,
            0x62656572L,
            0x27e0ebL,
            0x63677270L,
            0x1cd1L,
            0x19800202L,
            0x64626720L,
            0x74726163L,
            0x73636673L,
            0xcafe4a11L);

    private final Kernel kernel;
    private final LayerWriter tar;
    private final Mounts mounts;

    /** Files of several names that were written already: their first name. */
    private final Map<FileKey, LayerPath> written = new HashMap<>();

    private record FileKey(long device, long inode) {}

    TreeReader(Kernel kernel, LayerWriter tar, Mounts mounts) {
        this.kernel = kernel;
        this.tar = tar;
        this.mounts = mounts;
    }

    /** What is called {@code name} in {@code directory}, under {@code path} in the archive. */
    void entry(Fd directory, byte[] name, LayerPath path) throws IOException {
        entry(directory, name, path, FileStat.of(kernel, directory, name), 0);
    }

    /** A directory and what is in it. */
    void tree(Fd directory, LayerPath path) throws IOException {
        tree(directory, path, FileStat.of(kernel, directory), 0);
    }

    /** What is in a directory, without the directory. */
    void content(Fd directory) throws IOException {
        content(directory, LayerPath.ROOT, FileStat.of(kernel, directory), 0);
    }

    private void tree(Fd directory, LayerPath path, FileStat stat, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("directories in more than " + DEEPEST + " levels: " + path);
        }
        tar.write(new LayerEntry.Directory(path, attributes(stat, directory, new byte[] {'.', 0})), nothing());
        content(directory, path, stat, depth);
    }

    private void content(Fd directory, LayerPath path, FileStat stat, int depth) throws IOException {
        Listing listing = new Listing(kernel, directory);
        for (List<byte[]> names = listing.next(); !names.isEmpty(); names = listing.next()) {
            for (byte[] name : names) {
                child(directory, stat, name, path.child(name), depth);
            }
        }
    }

    private void child(Fd directory, FileStat parent, byte[] name, LayerPath path, int depth) throws IOException {
        byte[] terminated = Arrays.copyOf(name, name.length + 1);
        try {
            FileStat stat = FileStat.of(kernel, directory, terminated);
            if (stat.mount() != parent.mount() && isLeftOut(directory, terminated, stat, path)) {
                placeholder(stat, path);
            } else {
                entry(directory, terminated, path, stat, depth + 1);
            }
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR) && !e.is(Errno.ELOOP)) {
                throw e; // else it went away, or became something else, while we looked
            }
        }
    }

    private boolean isLeftOut(Fd directory, byte[] name, FileStat stat, LayerPath path) {
        if (mounts == Mounts.LEAVE_OUT) {
            return true;
        }
        if (!stat.isDirectory()) {
            return stat.type() != FileStat.S_IFREG;
        }
        try (Fd mounted = Inside.child(kernel, directory, name)) {
            Out out = Out.of(120);
            kernel.call(Sys.FSTATFS, mounted, out);
            return MADE_UP.contains(out.buffer().getLong(0)) || path.toString().matches("/?dev");
        }
    }

    private void placeholder(FileStat stat, LayerPath path) throws IOException {
        Attributes plain =
                new Attributes(stat.mode() & 07777, stat.uid(), stat.gid(), whole(stat.modified()), Map.of());
        tar.write(
                stat.isDirectory() ? new LayerEntry.Directory(path, plain) : new LayerEntry.File(path, plain, 0),
                nothing());
    }

    private void entry(Fd directory, byte[] name, LayerPath path, FileStat stat, int depth) throws IOException {
        switch (stat.type()) {
            case FileStat.S_IFDIR -> {
                try (Fd child = Inside.child(kernel, directory, name)) {
                    tree(child, path, FileStat.of(kernel, child), depth);
                }
            }
            case FileStat.S_IFREG -> file(directory, name, path);
            case FileStat.S_IFLNK ->
                tar.write(
                        new LayerEntry.Symlink(
                                path, attributes(stat, directory, name), Inside.link(kernel, directory, name)),
                        nothing());
            case FileStat.S_IFCHR, FileStat.S_IFBLK ->
                tar.write(
                        new LayerEntry.Device(
                                path,
                                attributes(stat, directory, name),
                                stat.type() == FileStat.S_IFBLK,
                                stat.major(),
                                stat.minor()),
                        nothing());
            case FileStat.S_IFIFO -> tar.write(new LayerEntry.Fifo(path, attributes(stat, directory, name)), nothing());
            default -> {} // a socket
        }
    }

    /** Looked at again when it is open: what its name leads to may be another file by then. */
    private void file(Fd directory, byte[] name, LayerPath path) throws IOException {
        try (Fd file = Fd.own(kernel, (int) kernel.call(Sys.OPENAT, directory, name, FILE, 0))) {
            FileStat stat = FileStat.of(kernel, file);
            if (stat.type() != FileStat.S_IFREG) {
                return;
            }
            if (stat.links() > 1) {
                LayerPath first = written.putIfAbsent(new FileKey(stat.device(), stat.inode()), path);
                if (first != null) {
                    tar.write(new LayerEntry.HardLink(path, first), nothing());
                    return;
                }
            }
            tar.write(
                    new LayerEntry.File(path, attributes(stat, directory, name), stat.size()),
                    new FdInput(kernel, file));
        }
    }

    /** Times lose what is below a second, as with Docker: so a small file is one header. */
    private Attributes attributes(FileStat stat, Fd directory, byte[] name) {
        return new Attributes(
                stat.mode() & 07777,
                stat.uid(),
                stat.gid(),
                whole(stat.modified()),
                stat.isLink() ? Map.of() : extended(directory, name));
    }

    private static Instant whole(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Capabilities alone, as with Docker. */
    private Map<String, byte[]> extended(Fd directory, byte[] name) {
        Out value = Out.of(LONGEST_ATTRIBUTE);
        try {
            int length = (int) kernel.call(
                    Sys.LGETXATTR, Inside.through(directory, name), "security.capability", value, LONGEST_ATTRIBUTE);
            return Map.of("security.capability", Arrays.copyOf(value.bytes(), length));
        } catch (KernelException e) {
            if (e.is(Errno.ENODATA) || e.is(Errno.EOPNOTSUPP) || e.is(Errno.ENOENT)) {
                return Map.of();
            }
            throw e;
        }
    }

    private static InputStream nothing() {
        return InputStream.nullInputStream();
    }

    /** What an archive calls a path that it was asked for. */
    static LayerPath called(String name) {
        return LayerPath.ROOT.child(name.getBytes(StandardCharsets.UTF_8));
    }
}
