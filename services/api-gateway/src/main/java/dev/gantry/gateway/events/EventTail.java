package dev.gantry.gateway.events;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.event.ObjectKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The one resident reader of the events topics in a gateway: all live clients hang on it. It assigns itself every partition, keeps
 * its own position, and outlives the broker: while that is away it waits, and goes on where it was.
 */
public final class EventTail implements EventLog, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventTail.class);
    private static final Duration ASK = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(5);
    private static final Duration LOOK_SOON = Duration.ofMillis(300);
    private static final Duration RETRY = Duration.ofMillis(250);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);
    /** How often the log is looked at while nobody listens: each look costs broker and gateway some processor time. */
    private static final Duration NOBODY_LISTENS = Duration.ofMillis(200);

    private static final int GRACE_MS = 500;
    private static final int MOST_REPLAYS = 8;
    /** What Docker has a word for: blobs it does not know. */
    private static final Set<String> TOPICS = EnumSet.complementOf(EnumSet.of(ObjectKind.REGISTRY)).stream()
            .filter(ObjectKind::hasEvents)
            .map(ObjectKind::eventsTopic)
            .collect(Collectors.toUnmodifiableSet());

    private final Function<String, Consumer<String, byte[]>> consumers;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<CompletableFuture<Subscriber>> newcomers = new ConcurrentLinkedQueue<>();
    private final Semaphore replays = new Semaphore(MOST_REPLAYS);
    private final Reorder reorder = new Reorder();
    private final SeenIds seen = new SeenIds();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Semaphore attention = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private volatile @org.jspecify.annotations.Nullable Consumer<String, byte[]> current;
    private boolean topicsSeen;
    private Duration retry = RETRY;
    private long lookAt;

    /** @param consumers makes a consumer with a client id, of no group */
    public EventTail(Function<String, Consumer<String, byte[]>> consumers) {
        this.consumers = consumers;
        this.thread = Thread.ofPlatform().daemon().name("event-tail").unstarted(this::run);
    }

    public EventTail start() {
        thread.start();
        return this;
    }

    @Override
    public Subscriber subscribe() throws InterruptedException {
        var joined = new CompletableFuture<Subscriber>();
        newcomers.add(joined);
        wake();
        try {
            return joined.get(ASK.toMillis() + GRACE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException busy) {
            // the tail hangs on a broker that is away: join without knowing where the log ends
            joined.cancel(false);
            return join(Optional.empty());
        }
    }

    @Override
    public void replay(Subscriber upTo, long sinceNano, Sink sink) throws IOException, InterruptedException {
        replays.acquire();
        try (var consumer = consumers.apply("gateway-replay")) {
            new Replay(consumer, upTo.fence().orElseThrow()).run(sinceNano, sink);
        } catch (KafkaException away) {
            throw ErrorCode.SERVICE_AWAY
                    .with("the event log", String.valueOf(away.getMessage()))
                    .causedBy(away);
        } finally {
            replays.release();
        }
    }

    private Subscriber join(Optional<Map<TopicPartition, Long>> fence) {
        var subscriber = new Subscriber(fence, subscribers::remove);
        subscribers.add(subscriber);
        return subscriber;
    }

    private void wake() {
        attention.release();
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void run() {
        while (!closed) {
            try (var consumer = consumers.apply("gateway-events")) {
                current = consumer;
                follow(consumer);
            } catch (KafkaException e) {
                if (retry.equals(RETRY)) {
                    LOG.warnf("the event log is away: %s", e.getMessage());
                }
                welcome(Optional.empty());
                pause(retry);
                retry = retry.compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : retry;
            } finally {
                current = null;
            }
        }
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            closed = true;
        }
    }

    /** What comes meanwhile is fetched at one go, and is read before any later newcomer's end of the log. */
    private void idle() {
        try {
            if (attention.tryAcquire(NOBODY_LISTENS.toMillis(), TimeUnit.MILLISECONDS)) {
                attention.drainPermits();
            }
        } catch (InterruptedException stopped) {
            closed = true;
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        lookAt = System.nanoTime();
        while (!closed) {
            try {
                step(consumer);
            } catch (WakeupException newcomer) {
                LOG.trace("woken for a newcomer");
            }
        }
    }

    private void step(Consumer<String, byte[]> consumer) {
        if (timeToLook()) {
            lookForTopics(consumer);
        }
        if (!newcomers.isEmpty()) {
            welcome(ends(consumer));
        } else if (subscribers.isEmpty()) {
            idle();
        }
        if (!consumer.assignment().isEmpty()) {
            poll(consumer);
        } else {
            pause(RETRY);
        }
        deliver();
    }

    /**
     * The broker answers one thing after another, so a question waits behind the fetch that waits for news, for half a second. Not while an
     * event is held: it would be told as late. A log without pauses puts the look off, but not for ever.
     */
    private boolean timeToLook() {
        var late = System.nanoTime() - lookAt;
        return late >= 0 && (reorder.isEmpty() || late >= LOOK_FOR_TOPICS.toNanos());
    }

    /** Topics that appear after the first look are read from their beginning: whatever is in them is news. */
    private void lookForTopics(Consumer<String, byte[]> consumer) {
        var found = consumer.listTopics(ASK).entrySet().stream()
                .filter(topic -> TOPICS.contains(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
        var fresh = new HashSet<>(found);
        fresh.removeAll(positions.keySet());
        if (!fresh.isEmpty()) {
            positions.putAll(topicsSeen ? zeros(fresh) : consumer.endOffsets(fresh, ASK));
        }
        topicsSeen = true;
        retry = RETRY;
        if (!consumer.assignment().equals(found)) {
            consumer.assign(found);
            found.forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
        }
        var next = found.stream()
                        .map(TopicPartition::topic)
                        .collect(Collectors.toSet())
                        .equals(TOPICS)
                ? LOOK_FOR_TOPICS
                : LOOK_SOON;
        lookAt = System.nanoTime() + next.toNanos();
    }

    private static Map<TopicPartition, Long> zeros(Set<TopicPartition> partitions) {
        return partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> 0L));
    }

    private Optional<Map<TopicPartition, Long>> ends(Consumer<String, byte[]> consumer) {
        try {
            return Optional.of(consumer.endOffsets(consumer.assignment(), ASK));
        } catch (org.apache.kafka.common.errors.TimeoutException away) {
            return Optional.empty();
        }
    }

    private void welcome(Optional<Map<TopicPartition, Long>> ends) {
        for (var joined = newcomers.poll(); joined != null; joined = newcomers.poll()) {
            var subscriber = join(ends);
            if (!joined.complete(subscriber)) {
                subscriber.close();
            }
        }
    }

    private void poll(Consumer<String, byte[]> consumer) {
        var records = consumer.poll(Duration.ofNanos(reorder.pauseNanos(Events.now())));
        records.forEach(record -> {
            positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            LoggedEvent.of(record)
                    .filter(event -> seen.add(event.id()))
                    .ifPresent(event -> reorder.add(event, Events.now()));
        });
    }

    private void deliver() {
        for (var event : reorder.due(Events.now())) {
            new ArrayList<>(subscribers).forEach(subscriber -> subscriber.offer(event));
        }
    }

    /** The thread sees it within its longest pause. An interrupt would leave Kafka's client half closed. */
    @Override
    public void close() {
        closed = true;
        wake();
    }
}
