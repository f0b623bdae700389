package dev.gantry.scheduler.lifecycle;

import dev.gantry.service.tracing.TraceCarrier;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The virtual threads of one active scheduler: they end when it does. */
final class Threads implements AutoCloseable {
    /** Work that ends by itself or when it is interrupted. */
    interface Work {
        void run() throws InterruptedException;
    }

    private static final Logger LOG = Logger.getLogger(Threads.class);

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final TraceCarrier traces;
    private volatile boolean closed;

    Threads(TraceCarrier traces) {
        this.traces = traces;
    }

    boolean open() {
        return !closed;
    }

    void start(String name, Work work) {
        if (!closed) {
            Thread.ofVirtual().name(name).start(traces.carried(() -> run(name, work)));
        }
    }

    /** Asks for something beside what the caller does; it is the caller who waits for it. */
    <T> CompletableFuture<T> beside(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, work -> Thread.startVirtualThread(traces.carried(work)));
    }

    private void run(String name, Work work) {
        running.add(Thread.currentThread());
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.errorf(e, "%s ended", name);
            }
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(Thread::interrupt);
    }
}
