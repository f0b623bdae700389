package dev.gantry.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Files, pipes and descriptors. */
public interface FileCalls extends SystemCalls {
    int AT_FDCWD = -100;
    int AT_EMPTY_PATH = 0x1000;
    int AT_SYMLINK_NOFOLLOW = 0x100;
    int AT_REMOVEDIR = 0x200;
    int O_RDONLY = 0;
    int O_WRONLY = 1;
    int O_RDWR = 2;
    int O_CREAT = 0_100;
    int O_EXCL = 0_200;
    int O_NOCTTY = 0_400;
    int O_TRUNC = 0_1000;
    int O_APPEND = 0_2000;
    int O_NONBLOCK = 0_4000;
    int O_DIRECTORY = 0_200000;
    int O_NOFOLLOW = 0_400000;
    int O_CLOEXEC = 0_2000000;
    int O_PATH = 0_10000000;
    int F_GETFL = 3;
    int F_SETFL = 4;
    int F_DUPFD_CLOEXEC = 1030;
    int F_SETPIPE_SZ = 1031;
    int F_ADD_SEALS = 1033;
    int F_SEAL_SEAL = 1;
    int F_SEAL_SHRINK = 2;
    int F_SEAL_GROW = 4;
    int F_SEAL_WRITE = 8;
    int MFD_CLOEXEC = 1;
    int MFD_ALLOW_SEALING = 2;
    int MFD_EXEC = 0x10;
    int SPLICE_F_MOVE = 1;
    int SPLICE_F_NONBLOCK = 2;
    int CLOSE_RANGE_CLOEXEC = 4;
    int RESOLVE_NO_XDEV = 1;
    int RESOLVE_NO_MAGICLINKS = 2;
    int RESOLVE_NO_SYMLINKS = 4;
    int RESOLVE_BENEATH = 8;
    int RESOLVE_IN_ROOT = 0x10;

    /** openat2(2). */
    default int openat2(int directory, String path, long flags, long mode, long resolve) {
        return (int) call(Sys.OPENAT2, directory, path, openHow(flags, mode, resolve), 24);
    }

    /** openat(2) relative to the working directory, always with O_CLOEXEC. */
    default int open(String path, int flags, int mode) {
        return (int) call(Sys.OPENAT, AT_FDCWD, path, flags | O_CLOEXEC, mode);
    }

    /** The struct open_how. */
    static byte[] openHow(long flags, long mode, long resolve) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.nativeOrder())
                .putLong(flags)
                .putLong(mode)
                .putLong(resolve)
                .array();
    }

    default void close(int fd) {
        call(Sys.CLOSE, fd);
    }

    /** Reads at most as much as the array holds; 0 is the end. */
    default int read(int fd, byte[] into) {
        return (int) call(Sys.READ, fd, Out.into(into), into.length);
    }

    default int write(int fd, byte[] from) {
        return (int) call(Sys.WRITE, fd, from, from.length);
    }

    default int pread(int fd, byte[] into, long offset) {
        return (int) call(Sys.PREAD64, fd, Out.into(into), into.length, offset);
    }

    default int pwrite(int fd, byte[] from, long offset) {
        return (int) call(Sys.PWRITE64, fd, from, from.length, offset);
    }

    /** Moves bytes from a pipe to {@code offset} of a file. */
    default long splice(int pipe, int file, long offset, long length, int flags) {
        byte[] position = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putLong(offset)
                .array();
        return call(Sys.SPLICE, pipe, 0, file, position, length, flags);
    }

    default int fcntl(int fd, int command, long argument) {
        return (int) call(Sys.FCNTL, fd, command, argument);
    }

    /** The two ends of a pipe. */
    record Pipe(int readEnd, int writeEnd) {}

    /** pipe2(2); O_CLOEXEC is always added. */
    default Pipe pipe2(int flags) {
        Out ends = Out.of(8);
        call(Sys.PIPE2, ends, flags | O_CLOEXEC);
        return new Pipe(ends.buffer().getInt(0), ends.buffer().getInt(4));
    }

    default int memfdCreate(String name, int flags) {
        return (int) call(Sys.MEMFD_CREATE, name, flags);
    }

    /** ioctl(2) with a number. */
    default int ioctl(int fd, int request, long argument) {
        return (int) call(Sys.IOCTL, fd, request, argument);
    }

    /** ioctl(2) with a struct that the kernel may read and write. */
    default int ioctl(int fd, int request, Out argument) {
        return (int) call(Sys.IOCTL, fd, request, argument);
    }

    default void fsync(int fd) {
        call(Sys.FSYNC, fd);
    }

    default void rename(String from, String to) {
        call(Sys.RENAME, from, to);
    }

    default void mknodat(int directory, String path, int mode, int major, int minor) {
        call(Sys.MKNODAT, directory, path, mode, device(major, minor));
    }

    /** A device number as the kernel packs it (new_encode_dev). */
    static int device(int major, int minor) {
        return (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12);
    }

    default void mkdirat(int directory, String path, int mode) {
        call(Sys.MKDIRAT, directory, path, mode);
    }

    default void unlinkat(int directory, String path, int flags) {
        call(Sys.UNLINKAT, directory, path, flags);
    }

    default void symlinkat(String content, int directory, String path) {
        call(Sys.SYMLINKAT, content, directory, path);
    }

    default void fchownat(int directory, String path, int uid, int gid, int flags) {
        call(Sys.FCHOWNAT, directory, path, uid, gid, flags);
    }

    default void fchmodat(int directory, String path, int mode) {
        call(Sys.FCHMODAT, directory, path, mode);
    }

    default void closeRange(int first, int last, int flags) {
        call(Sys.CLOSE_RANGE, first, last, flags);
    }

    /** The mode of what a descriptor refers to: the type bits S_IFMT and permissions. */
    default int modeOf(int fd) {
        Out stat = Out.of(144);
        call(Sys.FSTAT, fd, stat);
        return stat.buffer().getInt(24);
    }

    /** Bytes and inodes of a file system. */
    record FilesystemSize(long magic, long blockSize, long blocks, long freeBlocks, long availableBlocks) {}

    default FilesystemSize statfs(String path) {
        Out stat = Out.of(120);
        call(Sys.STATFS, path, stat);
        ByteBuffer b = stat.buffer();
        return new FilesystemSize(b.getLong(0), b.getLong(8), b.getLong(16), b.getLong(24), b.getLong(32));
    }
}
