package dev.gantry.events.kafka;

import java.util.Map;

/**
 * A topic and how long it remembers. Each kind has two: {@code gantry.<kind>.events}, its history, and
 * {@code gantry.<kind>.state}, the last snapshot of each object.
 *
 * @param settings Kafka's topic configuration
 */
public record Topic(String name, Map<String, String> settings) {
    private static final String LARGEST_RECORD = Integer.toString(KafkaAccess.LARGEST_RECORD);

    public Topic {
        settings = Map.copyOf(settings);
    }

    /** History is kept for ever: {@code docker events --since 2020-01-01} has a truthful answer. */
    public static Topic events(String kind) {
        return new Topic(
                "gantry." + kind + ".events",
                Map.of("cleanup.policy", "delete", "retention.ms", "-1", "max.message.bytes", LARGEST_RECORD));
    }

    /** A removed object's tombstone stays for a day, so a consumer that was away sees it. */
    public static Topic state(String kind) {
        return new Topic(
                "gantry." + kind + ".state",
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "delete.retention.ms",
                        "86400000",
                        "max.message.bytes",
                        LARGEST_RECORD));
    }
}
