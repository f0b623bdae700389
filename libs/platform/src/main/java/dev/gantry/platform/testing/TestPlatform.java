package dev.gantry.platform.testing;

import dev.gantry.platform.kafka.EmbeddedKafka;
import dev.gantry.platform.kafka.KafkaSettings;
import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import dev.gantry.platform.pki.Pki;
import dev.gantry.platform.pki.Subject;
import dev.gantry.platform.postgres.EmbeddedPostgres;
import dev.gantry.platform.postgres.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Certificates and, where asked for, PostgreSQL and Kafka, for one test JVM. In a service's test:
 *
 * <pre>{@code
 * public final class SchedulerPlatform implements QuarkusTestResourceLifecycleManager {
 *     private final TestPlatform platform = TestPlatform.start(Part.POSTGRES, Part.KAFKA);
 *     public Map<String, String> start() { return platform.config(); }
 *     public void stop() { platform.close(); }
 * }
 * }</pre>
 *
 * It also goes away with the JVM.
 */
public final class TestPlatform implements AutoCloseable {
    /** The node that the agent's certificate speaks for. */
    public static final String NODE = "testnode";

    /** Shared by all test runs of this host: unpacking takes longer than starting. */
    private static final Path BINARIES = Path.of("/var/tmp/gantry-test-postgres");

    private static final List<String> DATABASES = List.of("scheduler", "image", "registry", "network", "volume");
    private static final List<String> SERVICES =
            List.of("gateway", "scheduler", "image", "registry", "network", "volume", "launcher");

    /** What a test needs besides certificates. */
    public enum Part {
        POSTGRES,
        KAFKA
    }

    private final String name = "t" + Long.toString(ProcessHandle.current().pid() % 1_000_000, Character.MAX_RADIX);
    private final Path root;
    private final Map<String, Integer> ports;
    private final Thread atExit = new Thread(this::stop, "test-platform-stop");
    private Optional<EmbeddedPostgres> postgres = Optional.empty();
    private Optional<EmbeddedKafka> kafka = Optional.empty();

    private TestPlatform() throws IOException {
        root = Files.createTempDirectory("gantry-test");
        PrivateFiles.directory(root, OsUser.current(), "rwx--x--x"); // PostgreSQL's user passes through
        ports = PortBlock.free();
    }

    /** Returns when the parts are ready: 1 to 3 s. */
    public static TestPlatform start(Part... parts) {
        try {
            var platform = new TestPlatform();
            Runtime.getRuntime().addShutdownHook(platform.atExit);
            platform.issueCertificates();
            platform.startParts(Set.of(parts));
            return platform;
        } catch (IOException e) {
            throw new UncheckedIOException("the test platform did not start: " + e.getMessage(), e);
        }
    }

    private void issueCertificates() throws IOException {
        var pki = Pki.in(data().resolve("tls"), Clock.systemUTC());
        for (var service : SERVICES) {
            pki.service(Subject.service(service, "localhost"), OsUser.current());
        }
        pki.service(Subject.agent(NODE, "localhost"), OsUser.current());
        pki.service(Subject.service("postgres", "localhost"), postgresUser());
        pki.user("tester", data().resolve("tls").resolve("user"), OsUser.current());
    }

    /** PostgreSQL refuses root. */
    private static OsUser postgresUser() {
        var self = OsUser.current();
        return self.isRoot() ? OsUser.named("nobody").orElse(self) : self;
    }

    private void startParts(Set<Part> parts) throws IOException {
        if (parts.contains(Part.POSTGRES)) {
            postgres = Optional.of(EmbeddedPostgres.start(postgresSettings()));
        }
        if (parts.contains(Part.KAFKA)) {
            kafka = Optional.of(EmbeddedKafka.start(kafkaSettings()));
        }
    }

    private PostgresSettings postgresSettings() {
        return new PostgresSettings(
                BINARIES,
                data().resolve("postgres"),
                port("postgres"),
                postgresUser(),
                tls("postgres"),
                data().resolve("logs/postgres.log"),
                DATABASES);
    }

    private KafkaSettings kafkaSettings() {
        return new KafkaSettings(
                data().resolve("kafka"), port("kafka"), port("kafka-controller"), tls("launcher"), "launcher");
    }

    /** Kafka goes away, as after kill of the launcher; nothing it has acknowledged is lost. */
    public void stopKafka() {
        kafka.ifPresent(EmbeddedKafka::close);
        kafka = Optional.empty();
    }

    /** Kafka comes back on the same ports with the same content. */
    public void startKafka() {
        try {
            kafka = Optional.of(EmbeddedKafka.start(kafkaSettings()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path data() {
        return root.resolve("data");
    }

    public Path run() {
        return root.resolve("run");
    }

    /** The directory of a service's certificate; {@code user} has one of the users' CA. */
    public Path tls(String service) {
        return data().resolve("tls").resolve(service);
    }

    /** @param portName as in {@code gantry.port.<name>} */
    public int port(String portName) {
        var found = ports.get(portName);
        if (found == null) {
            throw new IllegalArgumentException("no port is named " + portName);
        }
        return found;
    }

    /** The JDBC URL of a service's database, as its own role. */
    public String jdbcUrl(String service) {
        var tls = tls(service);
        return "jdbc:postgresql://127.0.0.1:" + port("postgres") + "/" + service + "?user=" + service
                + "&sslmode=verify-full&sslrootcert=" + tls.resolve("ca.pem") + "&sslcert=" + tls.resolve("cert.pem")
                + "&sslkey=" + tls.resolve("key.pk8");
    }

    /** What the instance's own configuration would say: {@code gantry.instance.*}, {@code gantry.port.*}, {@code gantry.tls.*}. */
    public Map<String, String> config() {
        var config = new HashMap<String, String>();
        config.put("gantry.instance.name", name);
        config.put("gantry.instance.data", data().toString());
        config.put("gantry.instance.run", run().toString());
        ports.forEach((port, number) -> config.put("gantry.port." + port, String.valueOf(number)));
        SERVICES.forEach(
                service -> config.put("gantry.tls." + service, tls(service).toString()));
        config.put("gantry.tls.agent", tls("agent").toString());
        return Map.copyOf(config);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }

    private void stop() {
        try {
            stopKafka();
            if (postgres.isPresent()) {
                postgres.get().stop();
            }
            deleteTree(root);
        } catch (IOException e) {
            throw new UncheckedIOException("left behind: " + root, e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
