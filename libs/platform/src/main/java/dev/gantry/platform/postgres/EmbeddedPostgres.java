package dev.gantry.platform.postgres;

import dev.gantry.platform.os.Command;
import dev.gantry.platform.os.Daemon;
import dev.gantry.platform.os.Deadline;
import dev.gantry.platform.os.PrivateFiles;
import dev.gantry.platform.os.ProcessId;
import dev.gantry.platform.os.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PostgreSQL server of our own. It outlives the process that started it; {@link #start} takes over one that runs already.
 */
public final class EmbeddedPostgres {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final int STATUS_LINE =
            7; // postmaster.pid: pid, directory, start, port, socket, address, shm, status

    private final PostgresSettings settings;
    private final Path programs;
    private final ProcessId process;

    private EmbeddedPostgres(PostgresSettings settings, Path programs, ProcessId process) {
        this.settings = settings;
        this.programs = programs;
        this.process = process;
    }

    /**
     * Returns when the server takes connections. The first time it unpacks the programs and makes the cluster, its roles and
     * databases.
     *
     * @throws IOException naming the log, if the server does not come up within 30 s
     */
    public static EmbeddedPostgres start(PostgresSettings settings) throws IOException {
        var programs = PostgresBinaries.unpackedIn(settings.binaries());
        PrivateFiles.directory(settings.directory(), settings.user());
        var running = running(settings);
        if (running.isPresent() && isProvisioned(settings)) {
            return new EmbeddedPostgres(settings, programs, running.get()).awaitReady();
        }
        if (running.isPresent()) { // a database is new in this version
            new EmbeddedPostgres(settings, programs, running.get()).stop();
        }
        createCluster(settings, programs);
        configure(settings);
        provision(settings, programs);
        return new EmbeddedPostgres(
                        settings, programs, daemon(settings, programs).start())
                .awaitReady();
    }

    /** Does ahead of time what the first start would spend seconds on. */
    public static void unpack(Path binaries) throws IOException {
        PostgresBinaries.unpackedIn(binaries);
    }

    /** The server that runs on these settings now, whoever started it. */
    public static Optional<ProcessId> running(PostgresSettings settings) throws IOException {
        var pidFile = settings.cluster().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        return isServer(pid, settings) ? ProcessId.of(pid).filter(ProcessId::alive) : Optional.empty();
    }

    /** The pid file of a server that was killed may name a stranger by now. */
    private static boolean isServer(long pid, PostgresSettings settings) {
        try {
            var arguments = Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"))
                    .split("\0", -1);
            return Arrays.asList(arguments).contains(settings.cluster().toString());
        } catch (IOException e) {
            return false; // no such process
        }
    }

    private static void createCluster(PostgresSettings settings, Path programs) throws IOException {
        if (Files.exists(settings.cluster())) {
            return;
        }
        // made beside and moved, so that a crash in the middle leaves no half cluster under the real name
        var temporary = settings.directory().resolve("cluster.new");
        deleteTree(temporary);
        Command.run(
                settings.user()
                        .running(List.of(
                                programs.resolve("bin/initdb").toString(),
                                "--pgdata=" + temporary,
                                "--username=postgres",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--auth=reject",
                                "--no-instructions")),
                "");
        Files.move(temporary, settings.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var files = Files.walk(root)) {
            for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void configure(PostgresSettings settings) throws IOException {
        var user = settings.user();
        var cluster = settings.cluster();
        PrivateFiles.write(cluster.resolve("postgresql.conf"), PostgresFiles.configuration(settings), user);
        PrivateFiles.write(cluster.resolve("pg_hba.conf"), PostgresFiles.hostBasedAuthentication(settings), user);
    }

    private static Path provisioned(PostgresSettings settings) {
        return settings.directory().resolve("databases");
    }

    private static boolean isProvisioned(PostgresSettings settings) throws IOException {
        var stamp = provisioned(settings);
        return Files.exists(stamp) && Files.readAllLines(stamp).equals(settings.databases());
    }

    /** In single-user mode: nobody needs a superuser's login, so there is none. */
    private static void provision(PostgresSettings settings, Path programs) throws IOException {
        if (isProvisioned(settings)) {
            return;
        }
        var cluster = settings.cluster().toString();
        var output = Command.run(
                settings.user()
                        .running(List.of(
                                programs.resolve("bin/postgres").toString(), "--single", "-D", cluster, "postgres")),
                PostgresFiles.provisioning(settings));
        var failed = output.lines()
                .filter(line -> line.contains("ERROR:") && !line.contains("already exists"))
                .toList();
        if (!failed.isEmpty()) {
            throw new IOException("cannot create the databases: " + failed);
        }
        PrivateFiles.write(provisioned(settings), String.join("\n", settings.databases()) + "\n", settings.user());
    }

    private static Daemon daemon(PostgresSettings settings, Path programs) {
        return new Daemon(
                "postgres",
                List.of(
                        programs.resolve("bin/postgres").toString(),
                        "-D",
                        settings.cluster().toString()),
                Map.of("TZ", "UTC"),
                settings.user(),
                settings.log(),
                settings.directory().resolve("pid"),
                settings.directory().getRoot());
    }

    private EmbeddedPostgres awaitReady() throws IOException {
        if (!Deadline.in(START).await(() -> isReady() || !process.alive()) || !process.alive()) {
            throw new IOException("PostgreSQL did not start, see " + settings.log());
        }
        return this;
    }

    /** The server itself says so in its pid file. */
    public boolean isReady() {
        try {
            var lines = Files.readAllLines(settings.cluster().resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE
                    && lines.getFirst().strip().equals(String.valueOf(process.pid()))
                    && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (NoSuchFileException e) {
            return false; // not written yet
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the pid file of PostgreSQL", e);
        }
    }

    public ProcessId process() {
        return process;
    }

    public Path programs() {
        return programs;
    }

    /** Ends all sessions and writes a checkpoint; after 15 s the server is ended without one and recovers at its next start. */
    public void stop() throws IOException {
        process.send(Signal.INT);
        if (!Deadline.in(STOP).await(() -> !process.alive())) {
            process.send(Signal.QUIT);
            Deadline.in(STOP).await(() -> !process.alive());
        }
    }
}
