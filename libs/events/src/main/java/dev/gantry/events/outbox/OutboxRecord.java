package dev.gantry.events.outbox;

import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record on its way to Kafka.
 *
 * @param key the object's id: records of one key and topic arrive in the order they were appended
 * @param version the object's version after the fact; consumers ignore what is not higher than what they have
 * @param time when it happened; becomes the record's timestamp, by which the log is searched
 * @param json the value, null for a tombstone
 */
public record OutboxRecord(
        String topic,
        String key,
        long version,
        Instant time,
        @Nullable String json) {
    private static final String HISTORY = ".events";

    /** An event for the history of its kind. */
    public static OutboxRecord event(CloudEvent event) {
        return new OutboxRecord(
                event.kind().eventsTopic(),
                event.subject(),
                event.objectversion(),
                event.time(),
                new String(event.toJson(), StandardCharsets.UTF_8));
    }

    /** An object as it is now. */
    public static OutboxRecord state(ObjectKind kind, String key, long version, Instant time, String json) {
        return new OutboxRecord(kind.stateTopic(), key, version, time, json);
    }

    /** The end of an object on its state topic. */
    public static OutboxRecord tombstone(ObjectKind kind, String key, long version, Instant time) {
        return new OutboxRecord(kind.stateTopic(), key, version, time, null);
    }

    /** Whether it is for a history, and so a CloudEvent. */
    boolean isEvent() {
        return topic.endsWith(HISTORY);
    }
}
