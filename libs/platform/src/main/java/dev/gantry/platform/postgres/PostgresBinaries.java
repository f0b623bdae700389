package dev.gantry.platform.postgres;

import dev.gantry.platform.os.OsUser;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the server's programs from the jar that carries them, once per version. */
final class PostgresBinaries {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final int READ_BUFFER = 1 << 16;

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
                unpack(parent, target);
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

    private static void unpack(Path parent, Path target) throws IOException {
        var temporary = Files.createTempDirectory(parent, ".unpack");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var archive = new TarArchiveInputStream(new BufferedInputStream(
                new XZInputStream(new BufferedInputStream(resource(ARCHIVE), READ_BUFFER)), READ_BUFFER))) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (!entry.getName().endsWith(".a")) {
                    write(archive, entry, temporary.resolve(entry.getName()));
                }
            }
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static InputStream resource(String name) throws IOException {
        var found = PostgresBinaries.class.getResourceAsStream(name);
        if (found == null) {
            throw new FileNotFoundException("not on the class path: " + name);
        }
        return found;
    }
}
