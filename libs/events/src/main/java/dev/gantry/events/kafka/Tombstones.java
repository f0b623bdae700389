package dev.gantry.events.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * What a service does about objects of another one that are gone: it follows their state topic, as a channel of SmallRye Reactive Messaging hands it
 * the records. Each tombstone leads to {@link Owner#forget}, in the log's order and at least once; a snapshot of what lives leads to nothing. A
 * tombstone counts as read when this returns without an exception, and that it does only when its work is done: a failure is tried again every second,
 * for a channel would stop at it, and a database that is away comes back. Whoever is interrupted meanwhile reads the same tombstone after the next start.
 */
public final class Tombstones {
    /** Whoever keeps something for the objects that are followed. */
    @FunctionalInterface
    public interface Owner {
        /**
         * Gives up what is kept for an object that is gone; doing it twice is as once.
         *
         * @return whether there was anything
         */
        boolean forget(String id);
    }

    private static final Logger LOG = Logger.getLogger(Tombstones.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** One partition, one reader, and most records are only looked at for having a value: there is nothing to hurry for. */
    private static final int FETCH_BYTES = 256 * 1024;

    /** Else the broker answers each reader for each record, which costs it more than taking the record did. */
    private static final int WORTH_AN_ANSWER = 64 * 1024;

    private static final int ANSWER_AFTER_MS = 1_000;

    private final String what;
    private final Owner owner;
    private final Duration retry;

    /** @param what is kept for whom, for the log: {@code endpoints of container} */
    public Tombstones(String what, Owner owner) {
        this(what, owner, RETRY);
    }

    Tombstones(String what, Owner owner, Duration retry) {
        this.what = what;
        this.owner = owner;
        this.retry = retry;
    }

    /**
     * What the channel's {@code kafka-configuration} holds, for one service. A tombstone is read a second late or so. A reader that was killed is missed after 6 s, and its
     * partitions are the next one's.
     */
    public static Map<String, Object> settings(Config config, String service) {
        var settings = new HashMap<>(KafkaAccess.of(config, service).consumerSettings());
        settings.put("session.timeout.ms", 6_000);
        settings.put("heartbeat.interval.ms", 2_000);
        settings.put("max.poll.records", 50);
        settings.put("max.partition.fetch.bytes", FETCH_BYTES);
        settings.put("fetch.max.bytes", FETCH_BYTES);
        settings.put("fetch.min.bytes", WORTH_AN_ANSWER);
        settings.put("fetch.max.wait.ms", ANSWER_AFTER_MS);
        return Map.copyOf(settings);
    }

    /** @throws InterruptedException before the work was done */
    public void read(ConsumerRecord<String, String> state) throws InterruptedException {
        while (state.value() == null && !forgotten(state.key())) {
            Thread.sleep(retry);
        }
    }

    private boolean forgotten(String id) {
        try {
            if (owner.forget(id)) {
                LOG.infof("%s %s: ended, it is gone", what, id);
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("%s %s: stay for now, though it is gone: %s", what, id, e);
            return false;
        }
    }
}
