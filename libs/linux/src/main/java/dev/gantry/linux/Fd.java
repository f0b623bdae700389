package dev.gantry.linux;

import java.util.concurrent.atomic.AtomicInteger;

/** An owned file descriptor: closed once, however often {@link #close} is called. */
public final class Fd implements AutoCloseable {
    private final Kernel kernel;
    private final int opened;
    private final AtomicInteger number;

    private Fd(Kernel kernel, int number) {
        this.kernel = kernel;
        this.opened = number;
        this.number = new AtomicInteger(number);
    }

    /** Takes ownership of an open descriptor. */
    public static Fd own(Kernel kernel, int number) {
        return new Fd(kernel, number);
    }

    /** Its number, to be used while it is open. */
    public int number() {
        int now = number.get();
        if (now < 0) {
            throw new IllegalStateException("descriptor " + opened + " is closed");
        }
        return now;
    }

    public boolean isOpen() {
        return number.get() >= 0;
    }

    /** Gives the number away: this object will not close it any more. */
    public int release() {
        int now = number.getAndSet(-1);
        if (now < 0) {
            throw new IllegalStateException("descriptor " + opened + " is closed");
        }
        return now;
    }

    @Override
    public void close() {
        int now = number.getAndSet(-1);
        if (now >= 0) {
            kernel.close(now);
        }
    }

    @Override
    public String toString() {
        return "fd " + opened + (isOpen() ? "" : " (closed)");
    }
}
