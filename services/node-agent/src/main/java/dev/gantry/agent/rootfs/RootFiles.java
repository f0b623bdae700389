package dev.gantry.agent.rootfs;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads small files of a container's root, which a stranger filled: no link, pipe or giant leads astray. */
final class RootFiles {
    private static final int MAX_BYTES = 4 << 20;
    private static final int S_IFMT = 0170000;
    private static final int S_IFREG = 0100000;

    private final Kernel kernel;
    private final Fd root;

    RootFiles(Kernel kernel, Fd root) {
        this.kernel = kernel;
        this.root = root;
    }

    /** The text of a regular file, links resolved inside the root; empty where there is none. */
    Optional<String> read(String path) {
        try (var file = Fd.own(kernel, open(path))) {
            return (kernel.modeOf(file.number()) & S_IFMT) == S_IFREG ? Optional.of(text(file)) : Optional.empty();
        } catch (KernelException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP) || e.is(Errno.ENXIO)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private int open(String path) {
        // O_NONBLOCK: opening a pipe must not wait for its writer.
        return kernel.openat2(
                root.number(),
                path,
                FileCalls.O_RDONLY | FileCalls.O_NONBLOCK | FileCalls.O_NOCTTY | FileCalls.O_CLOEXEC,
                0,
                FileCalls.RESOLVE_IN_ROOT | FileCalls.RESOLVE_NO_MAGICLINKS);
    }

    private String text(Fd file) {
        var content = new ByteArrayOutputStream();
        var buffer = new byte[32 << 10];
        int count = kernel.read(file.number(), buffer);
        while (count > 0 && content.size() < MAX_BYTES) {
            content.writeBytes(Arrays.copyOf(buffer, count));
            count = kernel.read(file.number(), buffer);
        }
        return content.toString(StandardCharsets.UTF_8);
    }
}
