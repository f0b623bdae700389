package dev.gantry.linux;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/** Passes calls on to another kernel, but fails the nth call of one kind; for tests of what happens then. */
public final class FailingKernel implements Kernel {
    private final Kernel next;
    private final Sys kind;
    private final int errno;
    private final AtomicInteger until;

    private FailingKernel(Kernel next, Sys kind, int nth, int errno) {
        this.next = next;
        this.kind = kind;
        this.errno = errno;
        this.until = new AtomicInteger(nth);
    }

    /** Fails the nth call (from 1) of that kind, once. */
    public static FailingKernel failing(Kernel next, Sys kind, int nth, int errno) {
        return new FailingKernel(next, kind, nth, errno);
    }

    /** Whether the failure has come. */
    public boolean failed() {
        return until.get() <= 0;
    }

    @Override
    public long call(Sys sys, Object... args) {
        if (sys == kind && until.decrementAndGet() == 0) {
            throw new KernelException(sys, errno, RealKernel.what(args));
        }
        return next.call(sys, args);
    }

    @Override
    public byte[] walk(byte[] code, int entry, LongFunction<byte[]> list) {
        return next.walk(code, entry, list);
    }
}
