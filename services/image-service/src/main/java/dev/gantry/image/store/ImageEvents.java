package dev.gantry.image.store;

import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.kafka.Topic;
import dev.gantry.events.outbox.EventSource;
import dev.gantry.events.outbox.Outbox;
import dev.gantry.events.outbox.OutboxRecord;
import dev.gantry.image.catalog.Image;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What image-service says to the log: Docker's image events, and the images as they are. */
@Singleton
class ImageEvents {
    private static final String SERVICE = "image";

    private final Outbox outbox;
    private final AtomicLong clock = new AtomicLong();

    ImageEvents(@DataSource(SERVICE) AgroalDataSource database, TransactionSynchronizationRegistry transactions) {
        outbox = new Outbox(database, transactions);
    }

    @Produces
    @Singleton
    EventSource imageSource() {
        return new EventSource(SERVICE, outbox, List.of(Topic.events(ObjectKind.IMAGE), Topic.state(ObjectKind.IMAGE)));
    }

    /**
     * One event in the transaction that makes it true.
     *
     * @param name the attribute {@code name}: the new name for a tag, the id for all else, as Docker has it
     */
    void say(Image image, String action, String name) {
        long nanos = now();
        Map<String, String> attributes = new HashMap<>();
        var labels = image.configuration().execution().labels();
        if (labels != null) {
            attributes.putAll(labels);
        }
        attributes.put("name", name);
        outbox.append(OutboxRecord.event(
                CloudEvent.of(SERVICE, ObjectKind.IMAGE, action, image.id().toString(), attributes, nanos, nanos)));
    }

    void state(Image image) {
        outbox.append(OutboxRecord.state(
                ObjectKind.IMAGE, image.id().toString(), now(), Instant.now(), ImageDocument.write(image)));
    }

    void gone(Image image) {
        outbox.append(OutboxRecord.tombstone(ObjectKind.IMAGE, image.id().toString(), now(), Instant.now()));
    }

    /**
     * Nanoseconds since the epoch, growing. They are the versions of events too: an image may be removed and imported again under
     * the same id, and a count that began anew would make the second life invisible.
     */
    private long now() {
        Instant now = Instant.now();
        long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        return clock.updateAndGet(last -> Math.max(nanos, last + 1));
    }
}
