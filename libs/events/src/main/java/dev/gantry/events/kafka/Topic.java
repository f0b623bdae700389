package dev.gantry.events.kafka;

import dev.gantry.contracts.event.ObjectKind;
import java.util.Map;

/**
 * A topic and how long it remembers. Each kind has two: {@code gantry.<kind>.events}, its history, and
 * {@code gantry.<kind>.state}, the last snapshot of each object.
 *
 * @param settings Kafka's topic configuration
 */
public record Topic(String name, Map<String, String> settings) {
    public Topic {
        settings = Map.copyOf(settings);
    }

    /** History is kept for ever: {@code docker events --since 2020-01-01} has a truthful answer. */
    public static Topic events(ObjectKind kind) {
        return new Topic(kind.eventsTopic(), Map.of("retention.ms", "-1", "retention.bytes", "-1"));
    }

    /** A removed object's tombstone stays for a day (Kafka's default), so a consumer that was away sees it. */
    public static Topic state(ObjectKind kind) {
        return new Topic(kind.stateTopic(), Map.of("cleanup.policy", "compact"));
    }
}
