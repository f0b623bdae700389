package dev.gantry.agent.archive;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.Sys;
import dev.gantry.oci.layer.LayerPath;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * Directories below the one that an archive is put into, each opened by the kernel from there. No link is followed on the way, except when the
 * destination is the container's whole root: then its own links ({@code var/run}) lead where they lead for its programs, and nowhere else.
 */
final class OpenDirectories implements AutoCloseable {
    private static final int KEPT_OPEN = 16;
    private static final long BELOW =
            FileCalls.RESOLVE_BENEATH | FileCalls.RESOLVE_NO_SYMLINKS | FileCalls.RESOLVE_NO_MAGICLINKS;
    private static final long IN_ROOT = FileCalls.RESOLVE_IN_ROOT | FileCalls.RESOLVE_NO_MAGICLINKS;

    private final Kernel kernel;
    private final Fd destination;
    private final long resolve;
    private final LinkedHashMap<LayerPath, Fd> open = new LinkedHashMap<>(KEPT_OPEN * 2, 0.75f, true);

    OpenDirectories(Kernel kernel, Fd destination, boolean isRoot) {
        this.kernel = kernel;
        this.destination = destination;
        this.resolve = isRoot ? IN_ROOT : BELOW;
    }

    /** Good until the next call. */
    Fd open(LayerPath path) {
        if (path.isRoot()) {
            return destination;
        }
        Fd known = open.get(path);
        if (known != null) {
            return known;
        }
        Fd fd = openApart(path);
        open.put(path, fd);
        if (open.size() > KEPT_OPEN) {
            open.pollFirstEntry().getValue().close();
        }
        return fd;
    }

    /** To be closed by the caller. */
    Fd openApart(LayerPath path) {
        byte[] name = path.isRoot() ? new byte[] {'.', 0} : Arrays.copyOf(path.bytes(), path.bytes().length + 1);
        byte[] how = FileCalls.openHow(FileCalls.O_RDONLY | FileCalls.O_DIRECTORY | FileCalls.O_CLOEXEC, 0, resolve);
        return Fd.own(kernel, (int) kernel.call(Sys.OPENAT2, destination, name, how, how.length));
    }

    @Override
    public void close() {
        open.values().forEach(Fd::close);
        open.clear();
    }
}
