package dev.gantry.network.endpoint;

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

/** The outbox of network-service and its topics. */
@Singleton
class NetworkEvents {
    private final Outbox outbox;

    NetworkEvents(@DataSource("network") AgroalDataSource database, TransactionSynchronizationRegistry transactions) {
        outbox = new Outbox(database, transactions);
    }

    Outbox outbox() {
        return outbox;
    }

    @Produces
    @Singleton
    EventSource source() {
        return new EventSource(
                "network", outbox, List.of(Topic.events(ObjectKind.NETWORK), Topic.state(ObjectKind.NETWORK)));
    }
}
