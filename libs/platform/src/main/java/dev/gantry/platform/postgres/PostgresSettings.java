package dev.gantry.platform.postgres;

import dev.gantry.platform.os.OsUser;
import java.nio.file.Path;
import java.util.List;

/**
 * What one server needs to know.
 *
 * @param binaries where the programs are unpacked, below a directory per version; shared by servers if one likes
 * @param directory the database cluster and the pid file; everything in it is the server's own
 * @param port on 127.0.0.1
 * @param user who runs the server; never root, which PostgreSQL refuses
 * @param tls directory with {@code ca.pem}, {@code cert.pem} and {@code key.pem}, readable by the user
 * @param databases one each, with a role of the same name
 */
public record PostgresSettings(
        Path binaries, Path directory, int port, OsUser user, Path tls, Path log, List<String> databases) {
    public PostgresSettings {
        databases = databases.stream().sorted().toList();
        for (var database : databases) {
            if (!database.matches("[a-z][a-z_]*")) { // goes into SQL and pg_hba.conf as it is
                throw new IllegalArgumentException("no database can be named \"" + database + "\"");
            }
        }
    }

    Path cluster() {
        return directory.resolve("cluster");
    }
}
