package dev.gantry.agent.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Interrupts a thread whose call has not moved for long: a client that neither reads nor leaves must not keep a place for ever. */
final class StalledCall implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final AtomicLong moves = new AtomicLong();
    private final Thread watch;

    StalledCall(Thread worker) {
        watch = Thread.ofVirtual().name("stalled-archive").start(() -> watch(worker));
    }

    private void watch(Thread worker) {
        try {
            for (long seen = -1; seen != moves.get(); ) {
                seen = moves.get();
                Thread.sleep(LONG);
            }
            worker.interrupt();
        } catch (InterruptedException e) {
            // the call is over
        }
    }

    void moved() {
        moves.incrementAndGet();
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
