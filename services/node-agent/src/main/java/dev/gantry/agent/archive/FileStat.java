package dev.gantry.agent.archive;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;
import java.time.Instant;

/**
 * What statx(2) says of a file; links are not followed.
 *
 * @param mode type and permissions
 * @param mount which mount it is on: where it differs from its directory's, something is mounted
 */
record FileStat(
        int mode,
        int links,
        long uid,
        long gid,
        long inode,
        long size,
        Instant modified,
        int major,
        int minor,
        long device,
        long mount) {
    static final int S_IFMT = 0170000;
    static final int S_IFSOCK = 0140000;
    static final int S_IFLNK = 0120000;
    static final int S_IFREG = 0100000;
    static final int S_IFBLK = 0060000;
    static final int S_IFDIR = 0040000;
    static final int S_IFCHR = 0020000;
    static final int S_IFIFO = 0010000;

    private static final int BASIC_AND_MOUNT = 0x7ff | 0x1000;
    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int SIZE = 256;

    /** @param name one component, ended by NUL */
    static FileStat of(Kernel kernel, Fd directory, byte[] name) {
        return of(kernel, directory, name, FileCalls.AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT);
    }

    static FileStat of(Kernel kernel, Fd file) {
        return of(kernel, file, new byte[1], FileCalls.AT_EMPTY_PATH);
    }

    private static FileStat of(Kernel kernel, Fd at, byte[] name, int flags) {
        Out out = Out.of(SIZE);
        kernel.call(Sys.STATX, at, name, flags, BASIC_AND_MOUNT, out);
        var b = out.buffer();
        return new FileStat(
                b.getShort(28) & 0xffff,
                b.getInt(16),
                b.getInt(20) & 0xffff_ffffL,
                b.getInt(24) & 0xffff_ffffL,
                b.getLong(32),
                b.getLong(40),
                Instant.ofEpochSecond(b.getLong(112), b.getInt(120)),
                b.getInt(128),
                b.getInt(132),
                ((long) b.getInt(136) << 32) | (b.getInt(140) & 0xffff_ffffL),
                b.getLong(144));
    }

    int type() {
        return mode & S_IFMT;
    }

    boolean isDirectory() {
        return type() == S_IFDIR;
    }

    boolean isLink() {
        return type() == S_IFLNK;
    }

    /** The bits of Go's os.FileMode, which Docker's clients read. */
    int goMode() {
        int go = mode & 0777;
        go |= switch (type()) {
            case S_IFDIR -> 1 << 31;
            case S_IFLNK -> 1 << 27;
            case S_IFBLK -> 1 << 26;
            case S_IFCHR -> 1 << 26 | 1 << 21;
            case S_IFIFO -> 1 << 25;
            case S_IFSOCK -> 1 << 24;
            default -> 0;
        };
        go |= (mode & 04000) != 0 ? 1 << 23 : 0;
        go |= (mode & 02000) != 0 ? 1 << 22 : 0;
        go |= (mode & 01000) != 0 ? 1 << 20 : 0;
        return go;
    }
}
