package dev.gantry.agent.layers;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import dev.gantry.oci.layer.LayerPath;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/**
 * The directories of a layer being unpacked, by descriptor. Each is opened from the layer's root by openat2(2) with
 * RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS: whatever the archive made before, the kernel does not leave the root. The last few
 * stay open, since entries come directory by directory.
 */
final class LayerDirectories implements AutoCloseable {
    static final String REPLACED = "replaced";
    private static final int KEPT_OPEN = 16;
    private static final int MODE = 0755;
    private static final long CONFINED = FileCalls.RESOLVE_BENEATH
            | FileCalls.RESOLVE_NO_SYMLINKS
            | FileCalls.RESOLVE_NO_MAGICLINKS
            | FileCalls.RESOLVE_NO_XDEV;

    private final Kernel kernel;
    private final Fd root;
    private final Fd beside;
    private final LinkedHashMap<LayerPath, Fd> open = new LinkedHashMap<>(KEPT_OPEN * 2, 0.75f, true);
    private int replaced;

    /**
     * @param root the layer's root
     * @param beside a directory on the same file system, which gets what a later entry replaces
     */
    LayerDirectories(Kernel kernel, Fd root, Fd beside) {
        this.kernel = kernel;
        this.root = root;
        this.beside = beside;
    }

    /** A descriptor of the directory, good until the next call. */
    Fd open(LayerPath path) {
        if (path.isRoot()) {
            return root;
        }
        var known = open.get(path);
        if (known != null) {
            return known;
        }
        var fd = openApart(path);
        open.put(path, fd);
        closeEldest();
        return fd;
    }

    /** A descriptor of its own, to be closed by the caller. */
    Fd openApart(LayerPath path) {
        var name = path.isRoot() ? new byte[] {'.', 0} : Names.terminated(path.bytes());
        var how = FileCalls.openHow(
                FileCalls.O_RDONLY | FileCalls.O_DIRECTORY | FileCalls.O_NOFOLLOW | FileCalls.O_CLOEXEC, 0, CONFINED);
        return Fd.own(kernel, (int) kernel.call(Sys.OPENAT2, root, name, how, how.length));
    }

    /** The directory that holds the path, made with all above it when missing. */
    Fd parent(LayerPath path) {
        var parent = path.parent();
        try {
            return open(parent);
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            make(parent);
            return open(parent);
        }
    }

    /** Makes the directory unless it is there; something else in its place is replaced. */
    void make(LayerPath path) {
        var name = Names.last(path);
        try {
            kernel.call(Sys.MKDIRAT, parent(path), name, MODE);
        } catch (KernelException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            if (isDirectory(path)) {
                return;
            }
            clear(path);
            kernel.call(Sys.MKDIRAT, parent(path), name, MODE);
        }
        // Whatever the umask is.
        kernel.call(Sys.FCHMOD, open(path), MODE);
    }

    boolean isDirectory(LayerPath path) {
        try {
            open(path);
            return true;
        } catch (KernelException e) {
            if (e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP) || e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    /** Creates something at the path; what an earlier entry left there is replaced. */
    <T> T replacing(LayerPath path, Supplier<T> create) {
        try {
            return create.get();
        } catch (KernelException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            clear(path);
            return create.get();
        }
    }

    private void clear(LayerPath path) {
        try {
            kernel.call(Sys.UNLINKAT, parent(path), Names.last(path), 0);
        } catch (KernelException e) {
            if (!e.is(Errno.EISDIR)) {
                throw e;
            }
            putAside(path);
        }
    }

    private void putAside(LayerPath path) {
        if (replaced++ == 0) {
            kernel.mkdirat(beside.number(), REPLACED, MODE);
        }
        var parent = parent(path);
        kernel.call(Sys.RENAMEAT2, parent, Names.last(path), beside, REPLACED + "/" + replaced, 0);
        // Descriptors below it are still open and would now lead there.
        close();
    }

    private void closeEldest() {
        if (open.size() > KEPT_OPEN) {
            var eldest = open.pollFirstEntry();
            eldest.getValue().close();
        }
    }

    @Override
    public void close() {
        open.values().forEach(Fd::close);
        open.clear();
    }
}
