package dev.gantry.linux;

/**
 * The kernel as this platform uses it: typed system calls that throw {@link KernelException}. Which ones may block is said by
 * {@link Sys#mayBlock}.
 */
public interface Kernel extends FileCalls, MountCalls, ProcessCalls, PollCalls, SocketCalls {
    /** The real one. */
    static Kernel real() {
        return RealKernel.INSTANCE;
    }
}
