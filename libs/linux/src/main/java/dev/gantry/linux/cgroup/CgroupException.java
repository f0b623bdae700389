package dev.gantry.linux.cgroup;

/** A control group that could not be made, changed or removed; names the file or group and the kernel's reason. */
public final class CgroupException extends RuntimeException {
    public CgroupException(String message) {
        super(message);
    }

    public CgroupException(String message, Throwable cause) {
        super(message, cause);
    }
}
