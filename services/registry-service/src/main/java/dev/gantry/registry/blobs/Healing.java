package dev.gantry.registry.blobs;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;

/** Makes rows and bytes agree before anything is served: a crash may have come between them. */
@ApplicationScoped
public class Healing {
    private static final int BEFORE_ANY_SERVER = 100;

    private final Blobs blobs;

    Healing(Blobs blobs) {
        this.blobs = blobs;
    }

    void start(@Observes @Priority(BEFORE_ANY_SERVER) StartupEvent event) throws IOException {
        blobs.heal();
    }

    public void run() throws IOException {
        blobs.heal();
    }
}
