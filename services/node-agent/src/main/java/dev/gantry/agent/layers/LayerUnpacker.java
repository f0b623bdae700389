package dev.gantry.agent.layers;

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
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes a layer's entries below a directory, as overlayfs wants a lower directory to be: a whiteout is a character device
 * 0/0, an opaque directory carries {@code trusted.overlay.opaque}. Every name is one component relative to the open
 * descriptor of its directory, see {@link LayerDirectories}; the reader has judged the paths, the kernel holds them.
 */
final class LayerUnpacker implements AutoCloseable {
    private static final int S_IFCHR = 0020000;
    private static final int S_IFBLK = 0060000;
    private static final int S_IFIFO = 0010000;
    private static final int PRIVATE = 0600;

    private final Kernel kernel;
    private final LayerDirectories directories;
    private final EntryAttributes attributes;
    private final byte[] buffer = new byte[128 << 10];
    private final Set<LayerPath> whiteouts = new HashSet<>();
    /** Writing into a directory changes its time, so times of directories are set last. */
    private final Map<LayerPath, Instant> directoryTimes = new HashMap<>();

    /**
     * @param root the layer's root, empty
     * @param beside the directory that holds it
     */
    LayerUnpacker(Kernel kernel, Fd root, Fd beside) {
        this.kernel = kernel;
        this.directories = new LayerDirectories(kernel, root, beside);
        this.attributes = new EntryAttributes(kernel);
    }

    void unpack(LayerReader reader) throws IOException {
        for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            unpack(entry.get(), reader);
        }
        for (var directory : directoryTimes.entrySet()) {
            // One that a later entry replaced is no directory any more.
            if (directories.isDirectory(directory.getKey())) {
                attributes.time(directories.open(directory.getKey()), directory.getValue());
            }
        }
    }

    private void unpack(LayerEntry entry, LayerReader reader) throws IOException {
        try {
            write(entry, reader);
        } catch (KernelException e) {
            throw new KernelException(e.sys(), e.errno(), "entry \"" + entry.path() + "\"");
        }
    }

    private void write(LayerEntry entry, LayerReader reader) throws IOException {
        switch (entry) {
            case LayerEntry.Directory directory -> directory(directory);
            case LayerEntry.File file -> file(file, reader.content());
            case LayerEntry.Symlink link -> symlink(link);
            case LayerEntry.HardLink link -> hardLink(link);
            case LayerEntry.Device device ->
                node(
                        device.path(),
                        device.attributes(),
                        device.block() ? S_IFBLK : S_IFCHR,
                        device.major(),
                        device.minor());
            case LayerEntry.Fifo fifo -> node(fifo.path(), fifo.attributes(), S_IFIFO, 0, 0);
            case LayerEntry.Whiteout whiteout -> whiteout(whiteout.path());
            case LayerEntry.Opaque opaque -> opaque(opaque.path());
        }
    }

    private void directory(LayerEntry.Directory entry) {
        boolean wasHidden = whiteouts.remove(entry.path());
        if (!entry.path().isRoot()) {
            directories.make(entry.path());
        }
        var directory = directories.open(entry.path());
        if (wasHidden) {
            attributes.opaque(directory);
        }
        attributes.apply(directory, entry.attributes());
        directoryTimes.put(entry.path(), entry.attributes().modified());
    }

    private void file(LayerEntry.File entry, InputStream content) throws IOException {
        whiteouts.remove(entry.path());
        try (var file = directories.replacing(entry.path(), () -> create(entry.path()))) {
            copy(content, file);
            attributes.apply(file, entry.attributes());
            attributes.time(file, entry.attributes().modified());
        }
    }

    private Fd create(LayerPath path) {
        var flags =
                FileCalls.O_WRONLY | FileCalls.O_CREAT | FileCalls.O_EXCL | FileCalls.O_NOFOLLOW | FileCalls.O_CLOEXEC;
        return Fd.own(
                kernel, (int) kernel.call(Sys.OPENAT, directories.parent(path), Names.last(path), flags, PRIVATE));
    }

    private void copy(InputStream content, Fd file) throws IOException {
        for (int count = read(content); count > 0; count = read(content)) {
            var bytes = count == buffer.length ? buffer : Arrays.copyOf(buffer, count);
            int written = kernel.write(file.number(), bytes);
            while (written < bytes.length) {
                bytes = Arrays.copyOfRange(bytes, written, bytes.length);
                written = kernel.write(file.number(), bytes);
            }
        }
    }

    private int read(InputStream content) throws IOException {
        return content.readNBytes(buffer, 0, buffer.length);
    }

    private void symlink(LayerEntry.Symlink entry) {
        whiteouts.remove(entry.path());
        var name = Names.last(entry.path());
        var target = Names.terminated(entry.target().bytes());
        directories.replacing(
                entry.path(), () -> kernel.call(Sys.SYMLINKAT, target, directories.parent(entry.path()), name));
        attributes.applyToLink(directories.parent(entry.path()), name, entry.attributes());
    }

    private void hardLink(LayerEntry.HardLink entry) {
        if (entry.path().equals(entry.target())) {
            return;
        }
        whiteouts.remove(entry.path());
        var name = Names.last(entry.path());
        // The source's directory has a descriptor of its own: opening the other may close a shared one.
        try (var source = directories.openApart(entry.target().parent())) {
            var target = Names.last(entry.target());
            directories.replacing(
                    entry.path(),
                    () -> kernel.call(Sys.LINKAT, source, target, directories.parent(entry.path()), name, 0));
        }
    }

    private void node(LayerPath path, Attributes wanted, int type, int major, int minor) {
        whiteouts.remove(path);
        var name = Names.last(path);
        directories.replacing(
                path,
                () -> kernel.call(
                        Sys.MKNODAT, directories.parent(path), name, type | PRIVATE, FileCalls.device(major, minor)));
        attributes.applyToNode(directories.parent(path), name, wanted);
    }

    /** What the layer itself brought stays; of a directory the layers below are hidden. */
    private void whiteout(LayerPath path) {
        try {
            kernel.call(Sys.MKNODAT, directories.parent(path), Names.last(path), S_IFCHR, FileCalls.device(0, 0));
            whiteouts.add(path);
        } catch (KernelException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            if (directories.isDirectory(path)) {
                attributes.opaque(directories.open(path));
            }
        }
    }

    private void opaque(LayerPath path) {
        whiteouts.remove(path);
        if (!path.isRoot()) {
            directories.make(path);
        }
        attributes.opaque(directories.open(path));
    }

    @Override
    public void close() {
        directories.close();
    }
}
