package dev.gantry.linux.process;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Things that take long to make, made ahead by a daemon thread, at most so many at a time. Safe for use by many threads; nothing is lost
 * when it is closed while one is being made.
 */
public final class ReadyPool<T> implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReadyPool.class.getName());

    private final String name;
    private final Supplier<T> make;
    private final Consumer<T> remove;
    private final Queue<T> ready = new ConcurrentLinkedQueue<>();
    private final Semaphore wanted;
    private volatile boolean closed;

    /**
     * Makes nothing before {@link #start}.
     *
     * @param name of the thread and in the log
     * @param size how many are kept at hand, 0: none
     * @param make called by the pool's thread and by takers
     * @param remove for those that nobody took; does not throw
     */
    public ReadyPool(String name, int size, Supplier<T> make, Consumer<T> remove) {
        this.name = name;
        this.make = make;
        this.remove = remove;
        this.wanted = new Semaphore(size);
    }

    /** Begins to make them. At most once. */
    public void start() {
        Thread.ofPlatform().daemon().name(name).start(this::fill);
    }

    private void fill() {
        try {
            for (wanted.acquire(); !closed; wanted.acquire()) {
                ready.add(make.get());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // From here on every taker makes his own, and sees the error himself
            LOG.log(System.Logger.Level.WARNING, name + ": no more are made ahead", e);
        }
        if (closed) {
            drain(); // the one that was being made when it was closed
        }
    }

    /** One that nobody else has; the caller owns it. Made at once, and failing as making fails, when none is ready. */
    public T take() {
        T one = ready.poll();
        if (one == null) {
            return make.get();
        }
        wanted.release();
        return one;
    }

    /** Removes those that were not taken, the one that is being made as soon as it is there. Whoever takes afterwards makes his own. */
    @Override
    public void close() {
        closed = true;
        wanted.release();
        drain();
    }

    private void drain() {
        for (T one = ready.poll(); one != null; one = ready.poll()) {
            remove.accept(one);
        }
    }
}
