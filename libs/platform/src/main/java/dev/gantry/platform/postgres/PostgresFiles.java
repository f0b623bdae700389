package dev.gantry.platform.postgres;

import java.nio.file.Path;
import java.util.stream.Collectors;

/** The server's configuration files, as text. */
final class PostgresFiles {
    private PostgresFiles() {}

    /** Small for a host it shares with everything else; durable, since a commit is what the platform promises. */
    static String configuration(PostgresSettings settings) {
        return """
                # written at each start
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                ssl = on
                ssl_min_protocol_version = 'TLSv1.3'
                ssl_ca_file = '%s'
                ssl_cert_file = '%s'
                ssl_key_file = '%s'
                fsync = on
                synchronous_commit = on
                wal_level = minimal
                max_wal_senders = 0
                max_wal_size = 256MB
                min_wal_size = 32MB
                max_connections = 100
                shared_buffers = 16MB
                temp_buffers = 1MB
                work_mem = 2MB
                maintenance_work_mem = 16MB
                huge_pages = off
                jit = off
                # no worker processes for reading: each costs memory that idles
                io_method = sync
                max_worker_processes = 1
                max_parallel_workers = 0
                max_parallel_workers_per_gather = 0
                autovacuum_max_workers = 1
                log_timezone = 'UTC'
                timezone = 'UTC'
                log_line_prefix = '%%m [%%p] %%q%%u '
                client_min_messages = warning
                """.formatted(
                        settings.port(),
                        quoted(settings.tls().resolve("ca.pem")),
                        quoted(settings.tls().resolve("cert.pem")),
                        quoted(settings.tls().resolve("key.pem")));
    }

    private static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }

    /** Each role reaches its own database alone, by certificate; whatever is not named is refused. */
    static String hostBasedAuthentication(PostgresSettings settings) {
        return settings.databases().stream()
                .map(name -> "hostssl %s %s 127.0.0.1/32 cert%n".formatted(name, name))
                .collect(Collectors.joining());
    }

    /** For the single-user mode, where a line is a statement. What exists already is an error there that does no harm. */
    static String provisioning(PostgresSettings settings) {
        return settings.databases().stream()
                .map(name -> "CREATE ROLE %1$s LOGIN%nCREATE DATABASE %1$s OWNER %1$s%n".formatted(name))
                .collect(Collectors.joining());
    }
}
