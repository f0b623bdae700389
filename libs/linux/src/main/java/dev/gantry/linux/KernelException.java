package dev.gantry.linux;

/** The kernel refused a call. The message reads like {@code openat2 etc/hosts: ENOENT (no such file or directory)}. */
public final class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Sys sys;
    private final int errno;
    private final String what;

    public KernelException(Sys sys, int errno, String what) {
        super(sys.callName() + (what.isEmpty() ? "" : " " + what) + ": " + Errno.name(errno) + " (" + Errno.text(errno)
                + ")");
        this.sys = sys;
        this.errno = errno;
        this.what = what;
    }

    public Sys sys() {
        return sys;
    }

    /** The positive errno, as in {@link Errno}. */
    public int errno() {
        return errno;
    }

    /** The symbolic name, such as ENOENT. */
    public String errnoName() {
        return Errno.name(errno);
    }

    /** What the call was about: a path, or the descriptors. */
    public String what() {
        return what;
    }

    public boolean is(int other) {
        return errno == other;
    }
}
