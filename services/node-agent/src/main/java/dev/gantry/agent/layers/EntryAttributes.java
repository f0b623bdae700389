package dev.gantry.agent.layers;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import dev.gantry.oci.layer.Attributes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Owner, mode, extended attributes and time of what was unpacked. The order matters: a change of owner clears setuid bits and capabilities. */
public final class EntryAttributes {
    private static final String OPAQUE = "trusted.overlay.opaque";
    private static final String MUST_HAVE = "security.";

    private final Kernel kernel;

    public EntryAttributes(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Of a file or directory that is open; its time is set apart, as the last thing. */
    public void apply(Fd file, Attributes wanted) {
        kernel.call(Sys.FCHOWN, file, wanted.uid(), wanted.gid());
        kernel.call(Sys.FCHMOD, file, wanted.mode());
        wanted.xattrs().forEach((name, value) -> {
            try {
                kernel.call(Sys.FSETXATTR, file, name, value, value.length, 0);
            } catch (KernelException e) {
                tolerate(name, e);
            }
        });
    }

    public void applyToLink(Fd parent, byte[] name, Attributes wanted) {
        kernel.call(Sys.FCHOWNAT, parent, name, wanted.uid(), wanted.gid(), FileCalls.AT_SYMLINK_NOFOLLOW);
        time(parent, name, wanted.modified());
    }

    /** Devices and pipes cannot be opened without consequences. */
    public void applyToNode(Fd parent, byte[] name, Attributes wanted) {
        kernel.call(Sys.FCHOWNAT, parent, name, wanted.uid(), wanted.gid(), FileCalls.AT_SYMLINK_NOFOLLOW);
        kernel.call(Sys.FCHMODAT, parent, name, wanted.mode());
        wanted.xattrs().forEach((attribute, value) -> {
            try {
                kernel.call(Sys.LSETXATTR, through(parent, name), attribute, value, value.length, 0);
            } catch (KernelException e) {
                tolerate(attribute, e);
            }
        });
        time(parent, name, wanted.modified());
    }

    /** Hides what the layers below have in this directory. */
    void opaque(Fd directory) {
        kernel.call(Sys.FSETXATTR, directory, OPAQUE, new byte[] {'y'}, 1, 0);
    }

    public void time(Fd file, Instant modified) {
        // A NULL path means the descriptor itself.
        kernel.call(Sys.UTIMENSAT, file, 0, timespecs(modified), 0);
    }

    private void time(Fd parent, byte[] name, Instant modified) {
        kernel.call(Sys.UTIMENSAT, parent, name, timespecs(modified), FileCalls.AT_SYMLINK_NOFOLLOW);
    }

    /** There is no call that takes a directory and a name; the magic link is our own descriptor's. */
    private static byte[] through(Fd parent, byte[] name) {
        var prefix = ("/proc/self/fd/" + parent.number() + "/").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(prefix.length + name.length)
                .put(prefix)
                .put(name)
                .array();
    }

    /** A file system without users' attributes or ACLs still holds the files; one without capabilities breaks programs. */
    private static void tolerate(String name, KernelException e) {
        if (name.startsWith(MUST_HAVE) || !e.is(Errno.EOPNOTSUPP)) {
            throw new KernelException(e.sys(), e.errno(), "extended attribute " + name);
        }
    }

    /** Access and modification time alike. */
    private static byte[] timespecs(Instant at) {
        return ByteBuffer.allocate(32)
                .order(ByteOrder.nativeOrder())
                .putLong(at.getEpochSecond())
                .putLong(at.getNano())
                .putLong(at.getEpochSecond())
                .putLong(at.getNano())
                .array();
    }
}
