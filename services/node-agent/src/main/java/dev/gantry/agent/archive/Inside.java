package dev.gantry.agent.archive;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;
import dev.gantry.oci.layer.LinkTarget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Opening things by a container's root or by a directory in it. */
record Inside(Kernel kernel, Fd root) {
    private static final long IN_ROOT = FileCalls.RESOLVE_IN_ROOT | FileCalls.RESOLVE_NO_MAGICLINKS;
    private static final int DIRECTORY =
            FileCalls.O_RDONLY | FileCalls.O_DIRECTORY | FileCalls.O_NOFOLLOW | FileCalls.O_CLOEXEC;
    private static final int LONGEST_LINK = 4096;

    /** A directory as the user named it: the kernel follows links, and keeps inside the root. */
    Fd directory(InnerPath path) {
        return opened(path, FileCalls.O_RDONLY | FileCalls.O_DIRECTORY);
    }

    /** Anything that a path leads to, for looking at it only. */
    Fd anything(InnerPath path) {
        return opened(path, FileCalls.O_PATH);
    }

    private Fd opened(InnerPath path, int flags) {
        byte[] how = FileCalls.openHow(flags | FileCalls.O_CLOEXEC, 0, IN_ROOT);
        return again(() -> kernel.call(Sys.OPENAT2, root, path.relative(), how, how.length));
    }

    /** A directory's own directory, whatever it is by now: not through a link. */
    static Fd child(Kernel kernel, Fd directory, byte[] name) {
        return again(kernel, () -> kernel.call(Sys.OPENAT, directory, name, DIRECTORY, 0));
    }

    private Fd again(java.util.function.LongSupplier open) {
        return again(kernel, open);
    }

    /** openat2(2) answers EAGAIN when a rename on the way made it unsure. */
    private static Fd again(Kernel kernel, java.util.function.LongSupplier open) {
        for (int tries = 1; ; tries++) {
            try {
                return Fd.own(kernel, (int) open.getAsLong());
            } catch (KernelException e) {
                if (!e.is(Errno.EAGAIN) || tries == 64) {
                    throw e;
                }
            }
        }
    }

    static LinkTarget link(Kernel kernel, Fd directory, byte[] name) {
        Out target = Out.of(LONGEST_LINK);
        int length = (int) kernel.call(Sys.READLINKAT, directory, name, target, LONGEST_LINK);
        return LinkTarget.of(Arrays.copyOf(target.bytes(), length));
    }

    /** A descriptor as a path, for the calls that take no directory. */
    static byte[] through(Fd directory, byte[] name) {
        byte[] prefix = ("/proc/self/fd/" + directory.number() + "/").getBytes(StandardCharsets.US_ASCII);
        byte[] path = Arrays.copyOf(prefix, prefix.length + name.length);
        System.arraycopy(name, 0, path, prefix.length, name.length);
        return path;
    }
}
