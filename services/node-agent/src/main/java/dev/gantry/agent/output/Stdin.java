package dev.gantry.agent.output;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.launch.ContainerProcess;
import dev.gantry.linux.process.EpollLoop;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A container's input. What is written before the start waits for it, what is written while the pipe is full waits for room; in both
 * cases only the writer waits.
 */
public final class Stdin {
    private static final int PIECE = 64 << 10;
    private static final int TERMINAL_RETRY_MILLIS = 10;

    private final Kernel kernel;
    private final EpollLoop loop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<ContainerProcess> target = Optional.empty();
    private long ends;

    public Stdin(Kernel kernel, EpollLoop loop) {
        this.kernel = kernel;
        this.loop = loop;
    }

    /** The process runs and reads from now on. */
    public void open(ContainerProcess opened) {
        change(Optional.of(opened), 0);
    }

    /** The process is gone, or did not start: nobody who wrote to it waits any longer. */
    public void end() {
        change(Optional.empty(), 1);
    }

    /** A writer to the run that is on, or, if none is, to the next one. */
    public Writer writer() {
        lock.lock();
        try {
            return new Writer(ends);
        } finally {
            lock.unlock();
        }
    }

    private void change(Optional<ContainerProcess> next, int more) {
        lock.lock();
        try {
            target = next;
            ends += more;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One client's way to one run's input. */
    public final class Writer {
        private final long run;

        private Writer(long run) {
            this.run = run;
        }

        /** Returns when the process' pipe has all the bytes, or nobody will ever read them. */
        public void write(byte[] bytes) throws InterruptedException {
            for (var from = 0; from < bytes.length; ) {
                var written = writePiece(bytes, from);
                if (written < 0) {
                    return;
                }
                from += written;
            }
        }

        /** Ends the input once the process runs; a terminal's has no end. */
        public void close() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                var reader = await();
                reader.ifPresent(ContainerProcess::closeStdin);
            } finally {
                lock.unlock();
            }
        }

        /** @return how many bytes were taken, -1: nobody reads */
        private int writePiece(byte[] bytes, int from) throws InterruptedException {
            lock.lock(); // held for moments only: who is interrupted still has one try, so that his last words are
            // not lost
            try {
                var reader = await();
                var pipe = reader.flatMap(ContainerProcess::stdin).filter(Fd::isOpen);
                if (reader.isEmpty() || pipe.isEmpty()) {
                    return -1;
                }
                var piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
                var written = tryWrite(pipe.get(), piece);
                if (written == 0) {
                    awaitRoom(pipe.get(), reader.get().terminal());
                }
                return written;
            } finally {
                lock.unlock();
            }
        }

        /** Empty: the run is over. */
        private Optional<ContainerProcess> await() throws InterruptedException {
            while (target.isEmpty() && ends == run) {
                changed.await();
            }
            return ends == run ? target : Optional.empty();
        }
    }

    private int tryWrite(Fd pipe, byte[] piece) {
        try {
            return kernel.write(pipe.number(), piece);
        } catch (KernelException e) {
            return e.is(Errno.EAGAIN) ? 0 : -1;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller tries again whatever woke it
    private void awaitRoom(Fd pipe, boolean terminal) throws InterruptedException {
        if (terminal) { // its one descriptor is watched for output already
            changed.await(TERMINAL_RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        var watch = loop.watch(pipe, EpollLoop.OUT, (w, _) -> {
            w.close();
            wake();
        });
        try {
            changed.await();
        } finally {
            watch.close();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
