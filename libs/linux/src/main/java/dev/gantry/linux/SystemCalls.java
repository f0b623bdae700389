package dev.gantry.linux;

/** One system call, untyped: the single method that the real, the recording and the failing kernel differ in. */
public interface SystemCalls {
    /**
     * Makes the call.
     *
     * @param args up to six of: {@link Integer} and {@link Long} as they are, {@link Fd} as its number, {@link String} as a
     *     NUL-terminated UTF-8 string, {@code byte[]} as memory the kernel reads, {@link Out} as memory it writes
     * @return what the kernel returned, never negative
     * @throws KernelException when the kernel answered with an errno
     * @throws IllegalArgumentException for a string with a NUL inside
     */
    long call(Sys sys, Object... args);
}
