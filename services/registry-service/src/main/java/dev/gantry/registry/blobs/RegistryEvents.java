package dev.gantry.registry.blobs;

import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.kafka.Topic;
import dev.gantry.events.outbox.EventSource;
import dev.gantry.events.outbox.Outbox;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;

/** The registry's outbox and its topic. Blobs have no state topic: nobody follows them. */
@Singleton
class RegistryEvents {
    static final Topic TOPIC = Topic.events(ObjectKind.REGISTRY);

    private final Outbox outbox;

    RegistryEvents(@DataSource("registry") AgroalDataSource database, TransactionSynchronizationRegistry transactions) {
        outbox = new Outbox(database, transactions);
    }

    Outbox outbox() {
        return outbox;
    }

    @Produces
    @Singleton
    EventSource registrySource() {
        return new EventSource("registry", outbox, List.of(TOPIC));
    }
}
