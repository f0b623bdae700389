package dev.gantry.agent.archive;

import dev.gantry.agent.files.Trees;
import dev.gantry.agent.layers.EntryAttributes;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import dev.gantry.oci.layer.Attributes;
import dev.gantry.oci.layer.LayerEntry;
import dev.gantry.oci.layer.LayerPath;
import dev.gantry.oci.layer.LayerReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts an archive's files below a directory of a container, which may run and change everything meanwhile. Each name is made relative to the open
 * descriptor of its directory; what is there already is replaced, never written through, and a directory is kept.
 */
final class TreeWriter implements AutoCloseable {
    private static final int S_IFCHR = 0020000;
    private static final int S_IFBLK = 0060000;
    private static final int S_IFIFO = 0010000;
    private static final int PRIVATE = 0600;
    private static final int NEW_DIRECTORY = 0755;
    private static final int BUFFER = 128 << 10;
    private static final int NEW_FILE =
            FileCalls.O_WRONLY | FileCalls.O_CREAT | FileCalls.O_EXCL | FileCalls.O_NOFOLLOW | FileCalls.O_CLOEXEC;
    private static final int IN_PLACE =
            FileCalls.O_WRONLY | FileCalls.O_TRUNC | FileCalls.O_NOFOLLOW | FileCalls.O_NONBLOCK | FileCalls.O_CLOEXEC;

    /**
     * How to write.
     *
     * @param keepKinds neither a file in the place of a directory nor the other way round
     * @param owner whose everything becomes; as the archive says when there is none
     */
    record Options(boolean keepKinds, Optional<Owner> owner) {}

    record Owner(long uid, long gid) {}

    private final Kernel kernel;
    private final OpenDirectories directories;
    private final Options options;
    private final EntryAttributes attributes;
    private final byte[] buffer = new byte[BUFFER];
    /** Writing into a directory changes its time, so times of directories are set last. */
    private final Map<LayerPath, Instant> directoryTimes = new HashMap<>();

    TreeWriter(Kernel kernel, Fd destination, boolean isRoot, Options options) {
        this.kernel = kernel;
        this.directories = new OpenDirectories(kernel, destination, isRoot);
        this.options = options;
        this.attributes = new EntryAttributes(kernel);
    }

    /** @throws IOException when the archive is refused or ends too early; what was written by then stays, as with Docker */
    void write(LayerReader archive) throws IOException {
        for (var entry = archive.next(); entry.isPresent(); entry = archive.next()) {
            try {
                write(entry.get(), archive.content());
            } catch (KernelException e) {
                throw new KernelException(
                        e.sys(), e.errno(), "entry \"" + entry.get().path() + "\"");
            }
        }
        directoryTimes.forEach((path, time) -> {
            try {
                attributes.time(directories.open(path), time);
            } catch (KernelException e) {
                if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR) && !e.is(Errno.ELOOP)) {
                    throw e; // else the container has removed it by now
                }
            }
        });
    }

    private void write(LayerEntry entry, InputStream content) throws IOException {
        if (entry.path().isRoot()) {
            return; // the directory itself stays as it is
        }
        Fd parent = parent(entry.path());
        byte[] name = last(entry.path());
        switch (entry) {
            case LayerEntry.Directory directory -> directory(parent, name, directory);
            case LayerEntry.File file -> file(parent, name, file, content);
            case LayerEntry.Symlink link -> {
                byte[] target = terminated(link.target().bytes());
                replacing(parent, name, link.path(), () -> kernel.call(Sys.SYMLINKAT, target, parent, name));
                attributes.applyToLink(parent, name, owned(link.attributes()));
            }
            case LayerEntry.HardLink link -> hardLink(parent, name, link);
            case LayerEntry.Device device ->
                node(
                        parent,
                        name,
                        device.path(),
                        device.attributes(),
                        device.block() ? S_IFBLK : S_IFCHR,
                        FileCalls.device(device.major(), device.minor()));
            case LayerEntry.Fifo fifo -> node(parent, name, fifo.path(), fifo.attributes(), S_IFIFO, 0);
            case LayerEntry.Whiteout _, LayerEntry.Opaque _ -> {} // not among plain files
        }
    }

    private Attributes owned(Attributes wanted) {
        return options.owner()
                .map(owner ->
                        new Attributes(wanted.mode(), owner.uid(), owner.gid(), wanted.modified(), wanted.xattrs()))
                .orElse(wanted);
    }

    private void directory(Fd parent, byte[] name, LayerEntry.Directory entry) throws IOException {
        try {
            kernel.call(Sys.MKDIRAT, parent, name, NEW_DIRECTORY);
        } catch (KernelException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            if (!FileStat.of(kernel, parent, name).isDirectory()) {
                refuseOtherKind("cannot overwrite non-directory \"%s\" with directory \"%s\"", entry.path());
                remove(parent, name);
                kernel.call(Sys.MKDIRAT, parent, name, NEW_DIRECTORY);
            }
        }
        try (Fd made = Inside.child(kernel, parent, name)) {
            attributes.apply(made, owned(entry.attributes()));
        }
        directoryTimes.put(entry.path(), entry.attributes().modified());
    }

    private void file(Fd parent, byte[] name, LayerEntry.File entry, InputStream content) throws IOException {
        try (Fd file = Fd.own(kernel, created(parent, name, entry))) {
            copy(content, file);
            attributes.apply(file, owned(entry.attributes()));
            attributes.time(file, entry.attributes().modified());
        }
    }

    /** What is mounted on a file, as on {@code /etc/hosts}, cannot be replaced, so that is written in its place. */
    private int created(Fd parent, byte[] name, LayerEntry.File entry) throws IOException {
        int[] made = new int[1];
        try {
            replacing(
                    parent,
                    name,
                    entry.path(),
                    () -> made[0] = (int) kernel.call(Sys.OPENAT, parent, name, NEW_FILE, PRIVATE));
            return made[0];
        } catch (KernelException e) {
            if (!e.is(Errno.EBUSY)) {
                throw e;
            }
            return (int) kernel.call(Sys.OPENAT, parent, name, IN_PLACE, 0);
        }
    }

    private void copy(InputStream content, Fd file) throws IOException {
        for (int count = content.readNBytes(buffer, 0, BUFFER);
                count > 0;
                count = content.readNBytes(buffer, 0, BUFFER)) {
            byte[] bytes = count == BUFFER ? buffer : Arrays.copyOf(buffer, count);
            int written = kernel.write(file.number(), bytes);
            while (written < bytes.length) {
                bytes = Arrays.copyOfRange(bytes, written, bytes.length);
                written = kernel.write(file.number(), bytes);
            }
        }
    }

    private void hardLink(Fd parent, byte[] name, LayerEntry.HardLink link) throws IOException {
        if (link.path().equals(link.target())) {
            return;
        }
        try (Fd source = directories.openApart(link.target().parent())) {
            byte[] target = last(link.target());
            replacing(parent, name, link.path(), () -> kernel.call(Sys.LINKAT, source, target, parent, name, 0));
        }
    }

    private void node(Fd parent, byte[] name, LayerPath path, Attributes wanted, int type, int device)
            throws IOException {
        replacing(parent, name, path, () -> kernel.call(Sys.MKNODAT, parent, name, type | PRIVATE, device));
        attributes.applyToNode(parent, name, owned(wanted));
    }

    private void replacing(Fd parent, byte[] name, LayerPath path, Runnable create) throws IOException {
        try {
            create.run();
        } catch (KernelException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            if (FileStat.of(kernel, parent, name).isDirectory()) {
                refuseOtherKind("cannot overwrite directory \"%s\" with non-directory \"%s\"", path);
            }
            remove(parent, name);
            create.run();
        }
    }

    private void refuseOtherKind(String words, LayerPath path) {
        if (options.keepKinds()) {
            throw ErrorCode.INTERNAL.with(String.format(java.util.Locale.ROOT, words, "/" + path, path));
        }
    }

    /** A tree is emptied through its own descriptor: what somebody puts in its place meanwhile is not touched. */
    private void remove(Fd parent, byte[] name) throws IOException {
        if (!FileStat.of(kernel, parent, name).isDirectory()) {
            kernel.call(Sys.UNLINKAT, parent, name, 0);
            return;
        }
        try (Fd directory = Inside.child(kernel, parent, name)) {
            Trees.empty(Path.of("/proc/self/fd/" + directory.number()));
        }
        kernel.call(Sys.UNLINKAT, parent, name, FileCalls.AT_REMOVEDIR);
        directories.close(); // some of them may have been in there
    }

    /** The directory that holds the path, made with all above it when missing; good until the next one is asked for. */
    private Fd parent(LayerPath path) throws IOException {
        LayerPath parent = path.parent();
        try {
            return directories.open(parent);
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT) || parent.isRoot()) {
                throw e;
            }
            Fd above = parent(parent);
            try {
                kernel.call(Sys.MKDIRAT, above, last(parent), NEW_DIRECTORY);
            } catch (KernelException made) {
                if (!made.is(Errno.EEXIST)) {
                    throw made;
                }
            }
            return directories.open(parent);
        }
    }

    private static byte[] last(LayerPath path) {
        return terminated(path.components().getLast());
    }

    private static byte[] terminated(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    @Override
    public void close() {
        directories.close();
    }
}
