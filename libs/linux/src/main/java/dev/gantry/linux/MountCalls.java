package dev.gantry.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Mounts by descriptor, and the older calls where there is no newer one. */
public interface MountCalls extends SystemCalls {
    int OPEN_TREE_CLONE = 1;
    int OPEN_TREE_CLOEXEC = FileCalls.O_CLOEXEC;
    int AT_RECURSIVE = 0x8000;
    int FSOPEN_CLOEXEC = 1;
    int FSMOUNT_CLOEXEC = 1;
    int FSCONFIG_SET_FLAG = 0;
    int FSCONFIG_SET_STRING = 1;
    int FSCONFIG_CMD_CREATE = 6;
    long MOUNT_ATTR_RDONLY = 1;
    long MOUNT_ATTR_NOSUID = 2;
    long MOUNT_ATTR_NODEV = 4;
    long MOUNT_ATTR_NOEXEC = 8;
    long MOUNT_ATTR_NOATIME = 0x10;
    long MOUNT_ATTR_STRICTATIME = 0x20;
    long MOUNT_ATTR_NODIRATIME = 0x80;
    int MOVE_MOUNT_F_EMPTY_PATH = 4;
    int MOVE_MOUNT_T_EMPTY_PATH = 0x40;
    int MNT_DETACH = 2;
    long MS_REC = 0x4000;
    long MS_PRIVATE = 1 << 18;
    long MS_SLAVE = 1 << 19;

    default int fsopen(String type) {
        return (int) call(Sys.FSOPEN, type, FSOPEN_CLOEXEC);
    }

    default void fsconfigString(int context, String key, String value) {
        call(Sys.FSCONFIG, context, FSCONFIG_SET_STRING, key, value, 0);
    }

    default void fsconfigFlag(int context, String key) {
        call(Sys.FSCONFIG, context, FSCONFIG_SET_FLAG, key, 0, 0);
    }

    default void fsconfigCreate(int context) {
        call(Sys.FSCONFIG, context, FSCONFIG_CMD_CREATE, 0, 0, 0);
    }

    default int fsmount(int context, long attributes) {
        return (int) call(Sys.FSMOUNT, context, FSMOUNT_CLOEXEC, attributes);
    }

    default int openTree(int directory, String path, int flags) {
        return (int) call(Sys.OPEN_TREE, directory, path, flags | OPEN_TREE_CLOEXEC);
    }

    /** Attaches the mount at {@code from} to the directory or file {@code target}. */
    default void moveMount(int from, int target) {
        call(Sys.MOVE_MOUNT, from, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
    }

    default void moveMount(int from, int directory, String path) {
        call(Sys.MOVE_MOUNT, from, "", directory, path, MOVE_MOUNT_F_EMPTY_PATH);
    }

    default void mountSetattr(int directory, String path, int flags, long set, long clear, long propagation) {
        call(Sys.MOUNT_SETATTR, directory, path, flags, mountAttr(set, clear, propagation), 32);
    }

    /** The struct mount_attr. */
    static byte[] mountAttr(long set, long clear, long propagation) {
        return ByteBuffer.allocate(32)
                .order(ByteOrder.nativeOrder())
                .putLong(set)
                .putLong(clear)
                .putLong(propagation)
                .array();
    }

    default void mount(String source, String target, String type, long flags, String data) {
        call(Sys.MOUNT, source, target, type, flags, data);
    }

    default void umount2(String target, int flags) {
        call(Sys.UMOUNT2, target, flags);
    }
}
