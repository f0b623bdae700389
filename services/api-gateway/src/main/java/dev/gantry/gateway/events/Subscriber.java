package dev.gantry.gateway.events;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One client's place behind the tail: a bounded ring of what it has not taken yet. A client too slow for it is cut off, so that it neither
 * holds memory nor takes a stream with a gap for a whole one.
 */
final class Subscriber implements AutoCloseable {
    private static final int RING = 8192;

    private final BlockingQueue<LoggedEvent> ring = new LinkedBlockingQueue<>(RING);
    private final Optional<Map<TopicPartition, Long>> fence;
    private final Consumer<Subscriber> leave;
    private volatile boolean over;

    /** @param fence the end of each partition when the subscription was made, if the log could be asked */
    Subscriber(Optional<Map<TopicPartition, Long>> fence, Consumer<Subscriber> leave) {
        this.fence = fence;
        this.leave = leave;
    }

    Optional<Map<TopicPartition, Long>> fence() {
        return fence;
    }

    /** Called by the tail: never waits. */
    void offer(LoggedEvent event) {
        var before = fence.map(ends -> ends.getOrDefault(event.partition(), 0L)).orElse(0L);
        if (event.offset() >= before && !ring.offer(event)) {
            over = true;
        }
    }

    /** The next event, or null when none came in time or there will be none. */
    @Nullable
    LoggedEvent next(Duration patience) throws InterruptedException {
        return over ? null : ring.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean over() {
        return over;
    }

    @Override
    public void close() {
        over = true;
        leave.accept(this);
    }
}
