package dev.gantry.platform.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The archive of the server's programs. Apart from {@link PostgresBinaries}, so that a start which unpacks nothing does not load
 * the decompressor: its jar seals its packages, which a JVM's cache of linked classes (JEP 483) refuses.
 */
final class PostgresArchive {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final int READ_BUFFER = 1 << 16;

    private PostgresArchive() {}

    static void unpack(Path parent, Path target) throws IOException {
        var temporary = Files.createTempDirectory(parent, ".unpack");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var archive = new TarArchiveInputStream(new BufferedInputStream(
                new XZInputStream(new BufferedInputStream(PostgresBinaries.resource(ARCHIVE), READ_BUFFER)),
                READ_BUFFER))) {
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
}
