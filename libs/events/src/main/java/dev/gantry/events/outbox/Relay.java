package dev.gantry.events.outbox;

import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.events.kafka.KafkaAccess;
import dev.gantry.events.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/**
 * Carries one service's outbox to Kafka, on a thread of its own. It wakes on each commit in this JVM and looks every
 * second for commits elsewhere. A record is marked as sent after every replica has it, with the next look: a crash may send those of the
 * last look twice, and never loses one. Of one object, the next record leaves after the one before has arrived; Kafka away means retries with
 * a growing pause, and at most one batch in memory.
 */
final class Relay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final Duration KEEP = Duration.ofHours(1);
    private static final Duration PRUNE_EVERY = Duration.ofMinutes(5);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(20);

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final byte[] CLOUD_EVENT = ascii(CloudEvent.CONTENT_TYPE);

    private final String service;
    private final Outbox outbox;
    private final List<Topic> topics;
    private final KafkaAccess kafka;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    /** Arrived, and not marked yet. */
    private final List<Long> sent = new ArrayList<>();

    private volatile boolean closed;
    private long nextPrune = System.nanoTime();

    Relay(String service, Outbox outbox, List<Topic> topics, KafkaAccess kafka) {
        this.service = service;
        this.outbox = outbox;
        this.topics = List.copyOf(topics);
        this.kafka = kafka;
        thread = Thread.ofPlatform().name("relay-" + service).daemon().unstarted(this::run);
    }

    void start() {
        outbox.onCommit(wake::release);
        thread.start();
    }

    private void run() {
        var pause = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
        while (!closed) {
            try {
                relayWhileLeading(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (SQLException | ExecutionException | TimeoutException | RuntimeException e) {
                complain(pause, e);
                if (!sleep(pause.next())) {
                    return;
                }
            }
        }
    }

    private void relayWhileLeading(Backoff pause)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        var led = OutboxTable.lead(outbox.dataSource());
        if (led.isEmpty()) {
            wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        try (var table = led.get()) {
            kafka.ensureTopics("relay-topics-" + service, topics);
            var producer = kafka.producer("relay-" + service);
            try {
                LOG.infof("relay of %s: carrying its outbox to Kafka", service);
                while (!closed) {
                    carry(table, producer);
                    pause.reset();
                    prune(table);
                    awaitCommits();
                }
                look(table);
            } finally {
                // what it did not get rid of is still in the table
                producer.close(Duration.ZERO);
            }
        }
    }

    /**
     * The commits of one command follow each other closely, and a request to Kafka costs the same for one record as for ten. Whoever puts
     * the events of several topics in order holds them for longer than this.
     */
    private void awaitCommits() throws InterruptedException {
        if (wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            Thread.sleep(GATHER);
        }
        wake.drainPermits();
    }

    private void carry(OutboxTable table, Producer<String, String> producer)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        List<OutboxTable.Unsent> batch;
        do {
            batch = look(table);
            for (var wave : waves(batch)) {
                send(wave, table, producer);
            }
            // whoever commits after this look wakes us
        } while (batch.size() == OutboxTable.BATCH && !closed);
    }

    private List<OutboxTable.Unsent> look(OutboxTable table) throws SQLException {
        var batch = table.next(sent);
        sent.clear();
        return batch;
    }

    /** Splits a batch so that each wave has at most one record of a key and topic, and the waves keep their order. */
    static List<List<OutboxTable.Unsent>> waves(List<OutboxTable.Unsent> batch) {
        var waves = new ArrayList<List<OutboxTable.Unsent>>();
        var seen = new HashSet<List<String>>();
        var wave = new ArrayList<OutboxTable.Unsent>();
        for (var row : batch) {
            if (!seen.add(List.of(row.record().topic(), row.record().key()))) {
                waves.add(wave);
                wave = new ArrayList<>();
                seen.clear();
                seen.add(List.of(row.record().topic(), row.record().key()));
            }
            wave.add(row);
        }
        if (!wave.isEmpty()) {
            waves.add(wave);
        }
        return waves;
    }

    private void send(List<OutboxTable.Unsent> wave, OutboxTable table, Producer<String, String> producer)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        var sends = new LinkedHashMap<Long, Future<RecordMetadata>>();
        for (var row : wave) {
            sends.put(row.position(), producer.send(kafkaRecord(row.record())));
        }
        for (var send : sends.entrySet()) {
            if (arrived(send.getKey(), send.getValue(), table)) {
                sent.add(send.getKey());
            }
        }
    }

    private boolean arrived(long position, Future<RecordMetadata> send, OutboxTable table)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        try {
            send.get(SEND_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RecordTooLargeException
                    || failed.getCause() instanceof InvalidTopicException) {
                LOG.errorf("relay of %s: record %d is refused for good: %s", service, position, failed.getCause());
                table.refuse(position, String.valueOf(failed.getCause()));
                return false;
            }
            throw failed;
        }
    }

    private static ProducerRecord<String, String> kafkaRecord(OutboxRecord record) {
        var kafka = new ProducerRecord<String, String>(
                record.topic(), null, record.time().toEpochMilli(), record.key(), record.json());
        kafka.headers().add("version", ascii(Long.toString(record.version())));
        if (record.isEvent()) {
            kafka.headers().add("content-type", CLOUD_EVENT);
        }
        return kafka;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void prune(OutboxTable table) throws SQLException {
        if (System.nanoTime() - nextPrune >= 0) {
            nextPrune = System.nanoTime() + PRUNE_EVERY.toNanos();
            table.prune(KEEP);
        }
    }

    private void complain(Backoff pause, Exception cause) {
        if (pause.isFirst()) {
            LOG.warnf("relay of %s: events wait in the outbox: %s", service, rootOf(cause));
        }
        LOG.debugf(cause, "relay of %s", service);
    }

    private static Throwable rootOf(Throwable error) {
        var root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Stops after the wave in flight; what is not sent stays in the table for the next relay. */
    @Override
    public void close() {
        closed = true;
        wake.release();
        try {
            if (!thread.join(GRACE)) {
                thread.interrupt();
                thread.join(GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
