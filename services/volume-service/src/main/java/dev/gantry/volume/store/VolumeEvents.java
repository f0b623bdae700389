package dev.gantry.volume.store;

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

/** The outbox of volume-service and its topics. */
@Singleton
class VolumeEvents {
    private final Outbox outbox;

    VolumeEvents(@DataSource("volume") AgroalDataSource database, TransactionSynchronizationRegistry transactions) {
        outbox = new Outbox(database, transactions);
    }

    Outbox outbox() {
        return outbox;
    }

    @Produces
    @Singleton
    EventSource source() {
        return new EventSource(
                "volume", outbox, List.of(Topic.events(ObjectKind.VOLUME), Topic.state(ObjectKind.VOLUME)));
    }
}
