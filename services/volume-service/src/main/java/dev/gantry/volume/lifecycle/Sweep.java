package dev.gantry.volume.lifecycle;

import dev.gantry.events.kafka.Tombstones;
import io.quarkus.arc.Unremovable;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Ends the references of containers that have a tombstone: what a scheduler that crashed forgot to give back. Their volumes stay. */
@ApplicationScoped
class Sweep {
    private final Tombstones tombstones;

    Sweep(Volumes volumes) {
        this.tombstones = new Tombstones("references to volumes of container", id -> volumes.release(id, false));
    }

    /** Found by the channel's {@code kafka-configuration}. */
    @Produces
    @Singleton
    @Unremovable
    @Identifier("volume-log")
    static Map<String, Object> access(Config config) {
        return Tombstones.settings(config, "volume");
    }

    @Incoming("volume-containers")
    @Blocking
    void changed(ConsumerRecord<String, String> container) throws InterruptedException {
        tombstones.read(container);
    }
}
