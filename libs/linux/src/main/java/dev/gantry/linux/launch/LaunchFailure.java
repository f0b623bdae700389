package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.KernelException;

/**
 * A container that did not start. Nothing of it is left: no process, mount, namespace or open descriptor. The message says
 * what Docker's clients look for when the program is the reason, else the step and the errno.
 */
public final class LaunchFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What kind of failure it is. */
    public enum Reason {
        /** {@code exec: "x": executable file not found in $PATH}, or no such file. */
        NOT_FOUND,
        /** {@code exec: "/x": permission denied}, or a directory. */
        NOT_EXECUTABLE,
        /** Anything else. */
        OTHER
    }

    private final Reason reason;
    private final String step;
    private final int errno;

    public LaunchFailure(Reason reason, String step, int errno, String message) {
        super(message);
        this.reason = reason;
        this.step = step;
        this.errno = errno;
    }

    static LaunchFailure at(String step, int errno) {
        return new LaunchFailure(
                Reason.OTHER, step, errno, step + ": " + Errno.name(errno) + " (" + Errno.text(errno) + ")");
    }

    static LaunchFailure of(KernelException e) {
        LaunchFailure failure = new LaunchFailure(
                Reason.OTHER, e.sys().callName() + " " + e.what(), e.errno(), String.valueOf(e.getMessage()));
        failure.initCause(e);
        return failure;
    }

    public Reason reason() {
        return reason;
    }

    /** Which step failed, in words with the path or name it was about. */
    public String step() {
        return step;
    }

    /** 0 when no system call was the reason. */
    public int errno() {
        return errno;
    }

    /** The exit code Docker's clients show: 127 not found, 126 not executable, else 128. */
    public int exitCode() {
        return switch (reason) {
            case NOT_FOUND -> 127;
            case NOT_EXECUTABLE -> 126;
            case OTHER -> 128;
        };
    }
}
