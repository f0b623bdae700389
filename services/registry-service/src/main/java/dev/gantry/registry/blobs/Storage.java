package dev.gantry.registry.blobs;

import dev.gantry.registry.content.ContentStore;
import dev.gantry.registry.content.FilesystemContentStore;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which driver keeps the bytes, and the sweep before anything is served. */
@Singleton
class Storage {
    private static final int BEFORE_ANY_SERVER = 100;

    @Produces
    @Singleton
    ContentStore content(@ConfigProperty(name = "gantry.instance.data") Path data) throws IOException {
        return new FilesystemContentStore(data.resolve("registry"));
    }

    void heal(@Observes @Priority(BEFORE_ANY_SERVER) StartupEvent event, Blobs blobs) throws IOException {
        blobs.heal();
    }
}
