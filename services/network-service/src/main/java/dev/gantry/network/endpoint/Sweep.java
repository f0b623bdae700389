package dev.gantry.network.endpoint;

import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.kafka.KafkaAccess;
import dev.gantry.events.kafka.Topic;
import dev.gantry.events.state.StateView;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Ends the endpoints of containers that have a tombstone: what a scheduler that crashed forgot to take out. */
@ApplicationScoped
class Sweep {
    private static final Logger LOG = Logger.getLogger(Sweep.class);

    private final NetworkStore networks;
    private Optional<StateView<String>> view = Optional.empty();

    Sweep(NetworkStore networks) {
        this.networks = networks;
    }

    void start(@Observes StartupEvent event, Config config) {
        var containers = new StateView<>(
                "network-containers",
                KafkaAccess.of(config, "network"),
                Topic.state(ObjectKind.CONTAINER),
                Function.<String>identity(),
                this::changed);
        containers.start();
        networks.tell();
        view = Optional.of(containers);
    }

    private void changed(String container, Optional<String> state) {
        if (state.isEmpty() && networks.leave(container)) {
            LOG.infof("container %s: is gone, its endpoints are ended", container);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        view.ifPresent(StateView::close);
    }
}
