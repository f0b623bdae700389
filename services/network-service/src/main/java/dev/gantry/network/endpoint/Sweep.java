package dev.gantry.network.endpoint;

import dev.gantry.events.kafka.KafkaAccess;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Ends the endpoints of containers that have a tombstone: what a scheduler that crashed forgot to take out. Follows {@code
 * gantry.containers.state} as the consumer group of its channel: a tombstone counts as read when its work is done.
 */
@ApplicationScoped
class Sweep {
    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final NetworkStore networks;

    Sweep(NetworkStore networks) {
        this.networks = networks;
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
        return KafkaAccess.of(config, "network").consumerSettings();
    }

    @Incoming("network-containers")
    @Blocking
    void changed(ConsumerRecord<String, String> container) throws InterruptedException {
        while (container.value() == null && !ended(container.key())) {
            Thread.sleep(RETRY);
        }
    }

    /** The channel would stop at a failure; a database that is away comes back. */
    private boolean ended(String container) {
        try {
            if (networks.leave(container)) {
                LOG.infof("container %s: is gone, its endpoints are ended", container);
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("container %s is gone, its endpoints stay for now: %s", container, e);
            return false;
        }
    }
}
