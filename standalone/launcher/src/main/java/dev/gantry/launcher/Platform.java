package dev.gantry.launcher;

import dev.gantry.launcher.host.Directories;
import dev.gantry.launcher.host.ServiceUser;
import dev.gantry.launcher.host.SocketGroup;
import dev.gantry.launcher.supervision.HealthProbe;
import dev.gantry.launcher.supervision.LogRotation;
import dev.gantry.launcher.supervision.State;
import dev.gantry.launcher.supervision.StatusBoard;
import dev.gantry.launcher.supervision.Supervised;
import dev.gantry.platform.kafka.EmbeddedKafka;
import dev.gantry.platform.kafka.KafkaSettings;
import dev.gantry.platform.os.Daemon;
import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import dev.gantry.platform.os.ProcessId;
import dev.gantry.platform.pki.Pki;
import dev.gantry.platform.pki.Subject;
import dev.gantry.platform.postgres.EmbeddedPostgres;
import dev.gantry.platform.postgres.PostgresSettings;
import dev.gantry.service.instance.Instance;
import dev.gantry.service.instance.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Everything that runs on this host for one instance. */
final class Platform {
    private static final Logger LOG = Logger.getLogger(Platform.class.getName());
    private static final List<String> DATABASES = List.of("scheduler", "image", "registry", "network", "volume");
    private static final List<String> UNPRIVILEGED =
            List.of("gateway", "scheduler", "image", "registry", "network", "volume", "postgres");
    /** Its row in the status stands for Kafka, which lives in it. */
    private static final String LAUNCHER = "launcher";

    private static final String POSTGRES = "postgres";

    private final Installation installation;
    private final Packaging packaging;
    private final StatusBoard board;
    private final List<Supervised> supervised = new ArrayList<>();
    private Optional<EmbeddedPostgres> postgres = Optional.empty();
    private Optional<EmbeddedKafka> kafka = Optional.empty();

    Platform(Installation installation, Packaging packaging) {
        this.installation = installation;
        this.packaging = packaging;
        this.board = new StatusBoard(Directories.status(instance()));
    }

    private Instance instance() {
        return installation.instance();
    }

    /** Returns when PostgreSQL and Kafka are ready and the services are on their way; they are watched from then on. */
    void start() throws IOException {
        var user = ServiceUser.ensure(installation.user());
        Directories.prepare(instance(), user);
        if (installation.training()) {
            PrivateFiles.directory(installation.trained(), user);
        }
        issueCertificates(user);
        stopOtherPackaging();
        announce();
        // it waits for nobody: it starts while the rest comes up
        supervise(Packaging.Program.AGENT, user);
        var broker = CompletableFuture.runAsync(this::startKafka);
        startPostgres(user);
        packaging.programs().stream().filter(program -> !program.root()).forEach(program -> supervise(program, user));
        broker.join();
    }

    /** What runs of the other packaging would hold the same ports. */
    private void stopOtherPackaging() throws IOException {
        var ours = packaging.programs().stream().map(Packaging.Program::name).toList();
        for (var other : Packaging.values()) {
            for (var program : other.programs()) {
                if (!ours.contains(program.name())) {
                    Supervised.stop(Directories.pids(instance()).resolve(program.name() + ".pid"));
                }
            }
        }
    }

    private void announce() {
        board.announce(POSTGRES);
        board.announce(LAUNCHER);
        packaging.programs().forEach(program -> board.announce(program.name()));
    }

    private void issueCertificates(OsUser user) throws IOException {
        var pki = Pki.in(instance().data().resolve("tls"), Clock.systemUTC());
        var host = installation.hostName();
        for (var service : UNPRIVILEGED) {
            pki.service(Subject.service(service, host), user);
        }
        pki.service(Subject.agent(installation.node(), host), OsUser.current());
        pki.service(Subject.service(LAUNCHER, host), OsUser.current());
    }

    private void startPostgres(OsUser user) throws IOException {
        var settings = new PostgresSettings(
                installation.postgresPrograms(),
                instance().data().resolve(POSTGRES).resolve("server"),
                instance().port(Port.POSTGRES),
                user,
                instance().tls(POSTGRES),
                log(POSTGRES),
                DATABASES);
        board.set(POSTGRES, State.STARTING, Optional.empty());
        var started = EmbeddedPostgres.start(settings);
        postgres = Optional.of(started);
        board.set(POSTGRES, State.READY, Optional.of(started.process()));
    }

    private void startKafka() {
        var self = ProcessId.of(ProcessHandle.current().pid());
        board.set(LAUNCHER, State.STARTING, self);
        try {
            kafka = Optional.of(EmbeddedKafka.start(new KafkaSettings(
                    instance().data().resolve("kafka"),
                    instance().port(Port.KAFKA),
                    instance().port(Port.KAFKA_CONTROLLER),
                    instance().tls(LAUNCHER),
                    LAUNCHER)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        board.set(LAUNCHER, State.READY, self);
    }

    private void supervise(Packaging.Program program, OsUser user) {
        var daemon = new Daemon(
                program.name(),
                installation.command(program),
                installation.environment(program),
                program.root() ? OsUser.current() : user,
                log(program.name()),
                Directories.pids(instance()).resolve(program.name() + ".pid"),
                Path.of("/"));
        var part = new Supervised(daemon, new HealthProbe(instance().port(program.management())), board);
        supervised.add(part);
        part.start();
    }

    private Path log(String name) {
        return instance().logs().resolve(name + ".log");
    }

    /** What has to be looked at now and then: once a second. */
    void tend() {
        try {
            board.catchUp();
            watchPostgres();
            for (var group : SocketGroup.of(instance().dockerSocket()).stream().toList()) {
                group.apply();
            }
            LogRotation.of(instance().logs()).run();
        } catch (IOException | RuntimeException e) {
            // whatever it is: to end for it would stop everything that runs
            LOG.log(Level.WARNING, "cannot tend the platform", e);
        }
    }

    private void watchPostgres() throws IOException {
        if (postgres.isPresent() && !postgres.get().process().alive()) {
            LOG.warning("PostgreSQL has ended, starts again");
            board.set(POSTGRES, State.BACKOFF, Optional.empty());
            startPostgres(ServiceUser.ensure(installation.user()));
        }
    }

    boolean allReady() {
        return board.allReady();
    }

    /** The services first, then what they stand on. Containers are the agent's affair and go on. */
    void stop() {
        var stops = supervised.stream()
                .map(part -> CompletableFuture.runAsync(() -> quietly("a service", part::stop)))
                .toList();
        stops.forEach(CompletableFuture::join);
        kafka.ifPresent(EmbeddedKafka::close);
        board.set(LAUNCHER, State.STOPPED, Optional.empty());
        postgres.ifPresent(server -> quietly(POSTGRES, server::stop));
        board.set(POSTGRES, State.STOPPED, Optional.empty());
        quietly("the status file", () -> Files.deleteIfExists(Directories.status(instance())));
    }

    private interface Stop {
        void run() throws IOException;
    }

    private static void quietly(String what, Stop stop) {
        try {
            stop.run();
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> "cannot stop " + what);
        }
    }
}
