package dev.gantry.network.endpoint;

import dev.gantry.events.kafka.Tombstones;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Ends the endpoints of containers that have a tombstone: what a scheduler that crashed forgot to take out. */
@ApplicationScoped
class Sweep {
    private final NetworkStore networks;
    private final Tombstones tombstones;

    Sweep(NetworkStore networks) {
        this.networks = networks;
        this.tombstones = new Tombstones("endpoints of container", networks::leave);
    }

    void tell(@Observes StartupEvent event) {
        networks.tell();
    }

    /** Found by the channel's {@code kafka-configuration}. */
    @Produces
    @Singleton
    @Unremovable
    @Identifier("network-log")
    static Map<String, Object> access(Config config) {
        return Tombstones.settings(config, "network");
    }

    @Incoming("network-containers")
    @Blocking
    void changed(ConsumerRecord<String, String> container) throws InterruptedException {
        tombstones.read(container);
    }
}
