package dev.gantry.network.endpoint;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.kafka.Topic;
import dev.gantry.events.outbox.EventSource;
import dev.gantry.events.outbox.Outbox;
import dev.gantry.events.outbox.OutboxRecord;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Instant;
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

    /** The network as it is now, in the transaction that makes it so; who is in it is no part of that. */
    void state(NetworkRow network) {
        var snapshot =
                new NetworkSnapshot(network.id, network.name, network.driver, network.createdAt, network.version);
        outbox.append(OutboxRecord.state(
                ObjectKind.NETWORK, network.id, network.version, Instant.now(), DockerJson.writeText(snapshot)));
    }

    void gone(NetworkRow network) {
        outbox.append(OutboxRecord.tombstone(ObjectKind.NETWORK, network.id, network.version, Instant.now()));
    }

    @Produces
    @Singleton
    EventSource source() {
        return new EventSource(
                "network", outbox, List.of(Topic.events(ObjectKind.NETWORK), Topic.state(ObjectKind.NETWORK)));
    }
}
