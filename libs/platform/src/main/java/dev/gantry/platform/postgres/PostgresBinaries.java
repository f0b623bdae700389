package dev.gantry.platform.postgres;

import dev.gantry.platform.os.OsUser;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/** Unpacks the server's programs from the jar that carries them, once per version. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** @return the directory with {@code bin}, {@code lib} and {@code share}, readable by everybody */
    static Path unpackedIn(Path parent) throws IOException {
        Files.createDirectories(parent);
        refuseForeign(parent);
        var target = parent.resolve(version());
        // starters at the same time: one unpacks, the others wait for it
        try (var lock = FileChannel.open(parent.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (held.isValid() && !Files.isDirectory(target)) {
                PostgresArchive.unpack(parent, target);
            }
        }
        return target;
    }

    /** Programs in a directory of another user would be that user's programs. */
    private static void refuseForeign(Path parent) throws IOException {
        var owner = (Integer) Files.getAttribute(parent, "unix:uid");
        if (owner != 0 && owner != OsUser.current().uid()) {
            throw new IOException(parent + " belongs to uid " + owner);
        }
    }

    private static String version() throws IOException {
        var properties = new Properties();
        try (var in = resource("/gantry-platform.properties")) {
            properties.load(in);
        }
        return properties.getProperty("postgres.version", "unknown");
    }

    static InputStream resource(String name) throws IOException {
        var found = PostgresBinaries.class.getResourceAsStream(name);
        if (found == null) {
            throw new FileNotFoundException("not on the class path: " + name);
        }
        return found;
    }
}
