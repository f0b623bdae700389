package dev.gantry.scheduler.store;

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

/** The scheduler's outbox and its topics. */
@Singleton
class SchedulerEvents {
    private final Outbox outbox;

    SchedulerEvents(
            @DataSource("scheduler") AgroalDataSource database, TransactionSynchronizationRegistry transactions) {
        outbox = new Outbox(database, transactions);
    }

    Outbox outbox() {
        return outbox;
    }

    @Produces
    @Singleton
    EventSource source() {
        return new EventSource(
                "scheduler",
                outbox,
                List.of(
                        Topic.events(ObjectKind.CONTAINER),
                        Topic.state(ObjectKind.CONTAINER),
                        Topic.state(ObjectKind.NODE)));
    }
}
