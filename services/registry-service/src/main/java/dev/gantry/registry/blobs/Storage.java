package dev.gantry.registry.blobs;

import dev.gantry.registry.content.ContentStore;
import dev.gantry.registry.content.FilesystemContentStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which driver keeps the bytes. */
@Singleton
class Storage {
    @Produces
    @Singleton
    ContentStore content(@ConfigProperty(name = "gantry.instance.data") Path data) throws IOException {
        return new FilesystemContentStore(data.resolve("registry"));
    }
}
