package dev.gantry.agent.volumes;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What statx(2) says of a file; links are not followed.
 *
 * @param mode type and permission bits
 * @param times access and modification, as utimensat(2) takes them
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is, never compared
record FileFacts(int mode, int uid, int gid, long inode, long links, int major, int minor, byte[] times) {
    static final int TYPE = 0170000;
    static final int PERMISSIONS = 07777;
    static final int DIRECTORY = 0040000;
    static final int REGULAR = 0100000;
    static final int LINK = 0120000;
    static final int SOCKET = 0140000;

    private static final int SIZE = 256;
    private static final int BASIC = 0x7ff;

    static FileFacts of(Kernel kernel, Fd parent, byte[] name) {
        var out = Out.of(SIZE);
        kernel.call(Sys.STATX, parent, name, FileCalls.AT_SYMLINK_NOFOLLOW, BASIC, out);
        var b = out.buffer();
        var times = ByteBuffer.allocate(32)
                .order(ByteOrder.nativeOrder())
                .putLong(b.getLong(64))
                .putLong(b.getInt(72))
                .putLong(b.getLong(112))
                .putLong(b.getInt(120));
        return new FileFacts(
                Short.toUnsignedInt(b.getShort(28)),
                b.getInt(20),
                b.getInt(24),
                b.getLong(32),
                Integer.toUnsignedLong(b.getInt(16)),
                b.getInt(128),
                b.getInt(132),
                times.array());
    }

    int type() {
        return mode & TYPE;
    }

    int permissions() {
        return mode & PERMISSIONS;
    }
}
