package dev.gantry.linux.netlink;

import dev.gantry.linux.Errno;

/** The kernel refused a request. The message reads like {@code add bridge blue0: EEXIST (file exists)}, then the kernel's own words if it has any. */
public final class NetlinkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int errno;
    private final int index;

    /**
     * @param what was asked for, with the object's name
     * @param words the kernel's (NLMSGERR_ATTR_MSG), often empty
     * @param index of the request among those sent together
     */
    public NetlinkException(String what, int errno, String words, int index) {
        super(what + ": " + Errno.name(errno) + " (" + Errno.text(errno) + ")" + (words.isEmpty() ? "" : ": " + words));
        this.errno = errno;
        this.index = index;
    }

    /** As in {@link Errno}. */
    public int errno() {
        return errno;
    }

    public boolean is(int other) {
        return errno == other;
    }

    /** Which of the requests sent together it was. */
    public int index() {
        return index;
    }
}
