package dev.gantry.linux.process;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.PollCalls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** epoll(7), level-triggered. A watch is found by a number of its own, never by its descriptor, which may be reused. */
final class ThreadEpollLoop implements EpollLoop {
    private static final System.Logger LOG = System.getLogger("dev.gantry.linux");
    private static final int AT_ONCE = 128;
    private static final long WAKE = 0;

    private final Kernel kernel;
    private final Fd epoll;
    private final Fd wake;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong numbers = new AtomicLong(WAKE);
    private final Map<Long, Registered> watches = new ConcurrentHashMap<>();

    private ThreadEpollLoop(Kernel kernel, String threadName) {
        this.kernel = kernel;
        this.epoll = Fd.own(kernel, kernel.epollCreate());
        this.wake = Fd.own(kernel, kernel.eventfd(FileCalls.O_NONBLOCK));
        kernel.epollCtl(epoll.number(), PollCalls.EPOLL_CTL_ADD, wake.number(), IN, WAKE);
        this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
    }

    static ThreadEpollLoop start(Kernel kernel, String threadName) {
        ThreadEpollLoop loop = new ThreadEpollLoop(kernel, threadName);
        loop.thread.start();
        return loop;
    }

    @Override
    public Watch watch(Fd descriptor, int events, Ready ready) {
        Registered watch = new Registered(numbers.incrementAndGet(), descriptor, events, ready);
        watches.put(watch.number, watch);
        try {
            kernel.epollCtl(epoll.number(), PollCalls.EPOLL_CTL_ADD, descriptor.number(), events, watch.number);
        } catch (RuntimeException e) {
            watches.remove(watch.number);
            throw e;
        }
        return watch;
    }

    private void run() {
        while (!closed.get()) {
            for (PollCalls.Event event : await()) {
                Registered watch = watches.get(event.data());
                if (watch != null && !closed.get()) {
                    watch.call(event.events());
                }
            }
        }
        epoll.close();
        wake.close();
    }

    private List<PollCalls.Event> await() {
        try {
            return kernel.epollWait(epoll.number(), AT_ONCE, -1);
        } catch (KernelException e) {
            if (e.is(Errno.EINTR)) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            kernel.write(wake.number(), new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
            joinUnlessWithin();
        }
    }

    private void joinUnlessWithin() {
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Registered implements Watch {
        private final long number;
        private final Fd descriptor;
        private final int events;
        private final Ready ready;

        private Registered(long number, Fd descriptor, int events, Ready ready) {
            this.number = number;
            this.descriptor = descriptor;
            this.events = events;
            this.ready = ready;
        }

        private void call(int happened) {
            try {
                ready.ready(this, happened);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "callback for " + descriptor + " failed, no longer watched", e);
                close();
            }
        }

        @Override
        public void pause() {
            change(PollCalls.EPOLL_CTL_DEL);
        }

        @Override
        public void resume() {
            if (watches.containsKey(number)) {
                change(PollCalls.EPOLL_CTL_ADD);
            }
        }

        @Override
        public void close() {
            if (watches.remove(number) != null && !closed.get() && descriptor.isOpen()) {
                change(PollCalls.EPOLL_CTL_DEL);
            }
        }

        /** Taken out and put in again rather than set to no events: an error or a hang-up is reported even then. */
        private void change(int operation) {
            try {
                kernel.epollCtl(epoll.number(), operation, descriptor.number(), events, number);
            } catch (KernelException e) {
                if (!e.is(Errno.ENOENT) && !e.is(Errno.EEXIST)) {
                    throw e;
                }
            }
        }
    }
}
