package dev.gantry.events.state;

import dev.gantry.events.kafka.KafkaAccess;
import dev.gantry.events.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The last known state of every object of one kind, from its compacted topic. Reads from the beginning at each start, on
 * a thread of its own, follows for ever, and ignores a version lower than one it has seen. Kafka away: the view is old,
 * never empty. Safe for use by many threads.
 */
public final class StateView<T> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StateView.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Hears of each change, on the view's thread, after the view has it; an empty state says that the object is gone. */
    public interface Listener<T> {
        void changed(String key, Optional<T> state);
    }

    private record Versioned<T>(long version, T state) {}

    private final String name;
    private final Topic topic;
    private final KafkaAccess kafka;
    private final Function<String, T> decode;
    private final Listener<T> listener;
    private final Map<String, Versioned<T>> objects = new ConcurrentHashMap<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;
    private volatile Optional<Consumer<String, byte[]>> reading = Optional.empty();

    /**
     * @param name of the reader, for logs and Kafka's quotas
     * @param decode the JSON of one state; a failure skips the record and is logged
     */
    public StateView(String name, KafkaAccess kafka, Topic topic, Function<String, T> decode, Listener<T> listener) {
        this.name = name;
        this.kafka = kafka;
        this.topic = topic;
        this.decode = decode;
        this.listener = listener;
        thread = Thread.ofPlatform().name("view-" + name).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public Optional<T> get(String key) {
        return Optional.ofNullable(objects.get(key)).map(Versioned::state);
    }

    public List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    /** Waits until everything that was on the topic at the start has been read. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        while (!closed) {
            try (var consumer = kafka.consumer("view-" + name)) {
                reading = Optional.of(consumer);
                follow(consumer);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (KafkaException e) {
                LOG.debugf(e, "view %s of %s", name, topic.name());
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        var partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("topic " + topic.name() + " is not there yet");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (!closed) {
            for (var record : consumer.poll(POLL)) {
                apply(record);
            }
            if (caughtUp.getCount() > 0
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                caughtUp.countDown();
            }
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.value() == null) {
                objects.remove(record.key());
                listener.changed(record.key(), Optional.empty());
            } else {
                update(record.key(), versionOf(record), new String(record.value(), StandardCharsets.UTF_8));
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "view %s: record %s@%d of %s is skipped", name, record.key(), record.offset(), topic.name());
        }
    }

    private void update(String key, long version, String json) {
        var known = objects.get(key);
        if (known == null || version >= known.version()) {
            var state = decode.apply(json);
            objects.put(key, new Versioned<>(version, state));
            listener.changed(key, Optional.of(state));
        }
    }

    private static long versionOf(ConsumerRecord<String, byte[]> record) {
        var header = record.headers().lastHeader("version");
        return header == null ? 0 : Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII));
    }

    private boolean pause() {
        try {
            Thread.sleep(RETRY);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        // an interrupt would make the consumer complain that it could not say good-bye
        reading.ifPresentOrElse(Consumer::wakeup, thread::interrupt);
        try {
            if (!thread.join(GRACE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
