package dev.gantry.linux.seccomp;

/** A profile that cannot be read or compiled; names the field or the system call. */
public final class SeccompException extends IllegalArgumentException {
    SeccompException(String message) {
        super(message);
    }

    SeccompException(String message, Throwable cause) {
        super(message, cause);
    }
}
