package dev.gantry.volume.lifecycle;

import dev.gantry.volume.store.VolumeStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Goes on with removals, and ends creations, that a crash or an agent that was away left half done. */
@ApplicationScoped
class Removals {
    private static final Logger LOG = Logger.getLogger(Removals.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final VolumeStore store;
    private final Volumes volumes;
    private final Thread thread = Thread.ofVirtual().name("volume-removals").unstarted(this::run);

    Removals(VolumeStore store, Volumes volumes) {
        this.store = store;
        this.volumes = volumes;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                round();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            store.removing().forEach(volumes::finish);
        } catch (RuntimeException e) {
            LOG.warnf("volumes: removals go on later: %s", e.getMessage()); // the database may be away
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }
}
