package dev.gantry.image.archive;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Directories for archives that are being loaded. What a killed service left in there, the next one removes. */
@ApplicationScoped
class Spool {
    private static final Logger LOG = Logger.getLogger(Spool.class);

    private final Path root;

    Spool(@ConfigProperty(name = "gantry.instance.data") Path data) {
        root = data.resolve("image").resolve("loads");
    }

    void clear(@Observes StartupEvent event) throws IOException {
        remove(root);
    }

    /** A new directory, to be given back to {@link #remove}. */
    Path directory() throws IOException {
        Files.createDirectories(
                root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.createTempDirectory(root, "load");
    }

    void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warnf("%s stays behind until the next start: %s", directory, e.getMessage());
        }
    }
}
