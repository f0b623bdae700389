package dev.gantry.volume.lifecycle;

import dev.gantry.volume.store.VolumeStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Ends the references of containers that were never committed: of a scheduler that died between the claim and the commit. Their anonymous
 * volumes go with them, for nobody will ever ask for those. A container that was once made is not asked about again.
 */
@ApplicationScoped
class Orphans {
    private static final Logger LOG = Logger.getLogger(Orphans.class);
    private static final Duration ROUND = Duration.ofSeconds(3);

    private final VolumeStore store;
    private final Volumes volumes;
    private final Containers containers;
    private final Set<String> made = new HashSet<>();
    private final Thread thread = Thread.ofVirtual().name("volume-orphans").unstarted(this::run);

    Orphans(VolumeStore store, Volumes volumes, Containers containers) {
        this.store = store;
        this.volumes = volumes;
        this.containers = containers;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(ROUND);
                round(Instant.now().minus(ROUND));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param before of later claims it is not asked: most are committed a few milliseconds on */
    synchronized void round(Instant before) {
        try {
            var claimants = store.claimants(before);
            made.retainAll(claimants);
            claimants.stream().filter(container -> !made.contains(container)).forEach(this::look);
        } catch (RuntimeException e) {
            LOG.infof("volumes: orphans are looked for later: %s", e.getMessage());
        }
    }

    private void look(String container) {
        if (containers.exists(container)) {
            made.add(container);
        } else if (volumes.release(container, true)) {
            LOG.infof("container %s: was never made, its references to volumes are ended", container);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }
}
