package dev.gantry.events.outbox;

import dev.gantry.events.kafka.Topic;
import java.util.List;

/**
 * What a service says to the log. Each service that has an outbox produces exactly one bean of it
 * ({@code @Produces @Singleton}); its relay starts and ends with the application.
 *
 * @param service the service's name: its database, its certificate
 * @param topics created when they are missing, before the first record is sent
 */
public record EventSource(String service, Outbox outbox, List<Topic> topics) {
    public EventSource {
        topics = List.copyOf(topics);
    }
}
