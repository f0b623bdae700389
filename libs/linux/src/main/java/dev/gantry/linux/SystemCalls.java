package dev.gantry.linux;

import java.util.function.LongFunction;

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

    /**
     * Puts a list of calls into memory and lets the given machine code walk it on this thread. May block as long as the calls
     * do; a child that is cloned there with shared memory has to be done before this returns.
     *
     * @param code position independent, at most a page; always the same array of bytes
     * @param entry where in the code the function begins
     * @param list the memory's content, given the address it will have; its size does not depend on the address
     * @return the memory afterwards
     */
    byte[] walk(byte[] code, int entry, LongFunction<byte[]> list);
}
