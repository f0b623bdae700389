package dev.gantry.gateway.events;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.system.EventMessage;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.event.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * An event and its place in the log.
 *
 * @param id the envelope's: a resend carries the same
 */
record LoggedEvent(TopicPartition partition, long offset, String id, EventMessage message) {
    static final Comparator<LoggedEvent> BY_TIME = Comparator.comparingLong(LoggedEvent::timeNano)
            .thenComparing(event -> event.partition().topic())
            .thenComparingLong(LoggedEvent::offset);
    private static final Logger LOG = Logger.getLogger(LoggedEvent.class);

    /** Nothing for a record that is no event: one bad record must not end everybody's stream. */
    static Optional<LoggedEvent> of(ConsumerRecord<String, byte[]> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        try {
            var event = CloudEvent.fromJson(record.value());
            return Optional.of(new LoggedEvent(partition, record.offset(), event.id(), event.toDocker()));
        } catch (GantryException | NullPointerException notAnEvent) {
            LOG.warnf("%s offset %d holds no event: %s", partition, record.offset(), notAnEvent.getMessage());
            return Optional.empty();
        }
    }

    long timeNano() {
        return message.timeNano();
    }

    /** As it goes to a client: one line of JSON. */
    byte[] line() {
        return (DockerJson.writeText(message) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
