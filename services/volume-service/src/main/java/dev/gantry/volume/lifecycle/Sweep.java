package dev.gantry.volume.lifecycle;

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

/** Ends the references of containers that have a tombstone: what a scheduler that crashed forgot to give back. Their volumes stay. */
@ApplicationScoped
class Sweep {
    private static final Logger LOG = Logger.getLogger(Sweep.class);

    private final Volumes volumes;
    private Optional<StateView<String>> view = Optional.empty();

    Sweep(Volumes volumes) {
        this.volumes = volumes;
    }

    void start(@Observes StartupEvent event, Config config) {
        var containers = new StateView<>(
                "volume-containers",
                KafkaAccess.of(config, "volume"),
                Topic.state(ObjectKind.CONTAINER),
                Function.<String>identity(),
                this::changed);
        containers.start();
        view = Optional.of(containers);
    }

    private void changed(String container, Optional<String> state) {
        if (state.isEmpty() && volumes.release(container, false)) {
            LOG.infof("container %s: is gone, its references to volumes are ended", container);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        view.ifPresent(StateView::close);
    }
}
