package dev.gantry.agent.exec;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.process.EpollLoop;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads a non-blocking pipe or terminal for one virtual thread, which waits without holding anything. */
final class PipeReader implements AutoCloseable {
    private static final int PIECE = 64 << 10;

    /** Docker's patience with what a process leaves behind that still holds its output. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final byte[] END = {};

    private final Kernel kernel;
    private final EpollLoop loop;
    private final Fd source;
    private final Semaphore ready = new Semaphore(0);
    private final byte[] buffer = new byte[PIECE];
    private Optional<EpollLoop.Watch> watch = Optional.empty();
    private boolean closed;
    private volatile long last = Long.MAX_VALUE;

    PipeReader(Kernel kernel, EpollLoop loop, Fd source) {
        this.kernel = kernel;
        this.loop = loop;
        this.source = source;
    }

    /** The next bytes; none at the end. */
    byte[] read() throws InterruptedException {
        while (true) {
            try {
                var count = kernel.read(source.number(), buffer);
                return count == 0 ? END : Arrays.copyOf(buffer, count);
            } catch (KernelException e) {
                if (e.is(Errno.EIO)) { // the last who had the terminal open is gone
                    return END;
                }
                if (!e.is(Errno.EAGAIN)) {
                    throw e;
                }
            }
            if (!awaitMore()) {
                return END;
            }
        }
    }

    /** Its process has ended: what is there is read, and what others write for a while. */
    void processEnded() {
        last = System.nanoTime() + GRACE.toNanos();
        ready.release();
    }

    /** @return false when nobody waits any longer */
    private boolean awaitMore() throws InterruptedException {
        arm();
        var until = last;
        if (until == Long.MAX_VALUE) {
            ready.acquire();
            return true;
        }
        return ready.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private synchronized void arm() {
        if (watch.isPresent()) {
            watch.get().resume();
        } else {
            watch = Optional.of(loop.watch(source, EpollLoop.IN, (one, _) -> readable(one)));
        }
    }

    private synchronized void readable(EpollLoop.Watch one) {
        if (!closed) {
            one.pause();
            ready.release();
        }
    }

    /** The descriptor is its owner's and may be closed afterwards. */
    @Override
    public synchronized void close() {
        closed = true;
        watch.ifPresent(EpollLoop.Watch::close);
    }
}
