package dev.gantry.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.platform.kafka.ClientSecurity;
import dev.gantry.platform.kafka.Integrator;
import dev.gantry.platform.os.Command;
import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.pki.Pki;
import dev.gantry.platform.testing.TestPlatform.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody is trusted inside: neither other users of the host, nor a wrong certificate, nor the right one in the wrong place. */
class IsolationTest {
    private static final String CONTAINERS = ObjectKind.CONTAINER.eventsTopic();
    private static final String CONTAINER_STATE = ObjectKind.CONTAINER.stateTopic();

    private static final byte TLS_ALERT = 21; // RFC 8446, section 5.1: content type

    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(Part.POSTGRES, Part.KAFKA);
    }

    @AfterAll
    static void stop() {
        platform.close();
        assertThat(platform.data()).doesNotExist();
    }

    @Test
    void aServiceUsesItsOwnDatabase() throws SQLException {
        try (var connection = DriverManager.getConnection(platform.jdbcUrl("scheduler"));
                var statement = connection.createStatement()) {
            statement.execute("create table probe (id int)");
            statement.execute("drop table probe");
            assertThat(setting(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(connection, "fsync")).isEqualTo("on");
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void aServiceCannotEnterAnothersDatabase() {
        var url = platform.jdbcUrl("scheduler").replace("/scheduler?", "/image?");

        assertThatThrownBy(() -> DriverManager.getConnection(url)).hasMessageContaining("no pg_hba.conf entry");
    }

    @Test
    void aServiceCannotTakeAnothersRole() {
        var url =
                platform.jdbcUrl("scheduler").replace("/scheduler?", "/image?").replace("user=scheduler", "user=image");

        assertThatThrownBy(() -> DriverManager.getConnection(url))
                .hasMessageContaining("certificate authentication failed");
    }

    @Test
    void thereIsNoLoginForTheSuperuser() {
        var url = platform.jdbcUrl("postgres");

        assertThatThrownBy(() -> DriverManager.getConnection(url)).isInstanceOf(SQLException.class);
    }

    @Test
    void postgresRefusesAClientWithoutACertificate() {
        var url = "jdbc:postgresql://127.0.0.1:" + platform.port("postgres") + "/scheduler?user=scheduler";

        assertThatThrownBy(() -> DriverManager.getConnection(url + "&sslmode=require"))
                .hasMessageContaining("requires a valid client certificate");
        assertThatThrownBy(() -> DriverManager.getConnection(url + "&sslmode=disable"))
                .hasMessageContaining("no encryption");
    }

    @Test
    void postgresRefusesACertificateOfTheUsersAuthority() {
        var url = platform.jdbcUrl("scheduler")
                .replace(platform.tls("scheduler") + "/cert.pem", platform.tls("user") + "/cert.pem")
                .replace(platform.tls("scheduler") + "/key.pk8", platform.tls("user") + "/key.pk8");

        assertThatThrownBy(() -> DriverManager.getConnection(url)).isInstanceOf(SQLException.class);
    }

    @Test
    void anotherUserOfTheHostCannotReadKeysOrData() throws IOException {
        assertThat(OsUser.current().isRoot())
                .as("this test becomes somebody else, so it must be run as root")
                .isTrue();
        var stranger = OsUser.named("daemon").orElseThrow();

        for (var path : List.of(
                platform.tls("scheduler").resolve("key.pem"),
                platform.tls("ca").resolve("key.pk8"),
                platform.data().resolve("postgres/cluster/PG_VERSION"),
                platform.data().resolve("kafka/meta.properties"))) {
            assertThat(Files.exists(path)).isTrue();
            assertThatThrownBy(() -> Command.run(stranger.running(List.of("cat", path.toString())), ""))
                    .hasMessageContaining("Permission denied");
        }
    }

    @Test
    void aServiceWritesItsTopicsAndTheGatewayReadsThem() throws Exception {
        produce("scheduler", CONTAINERS);

        assertThat(firstRecord("gateway", CONTAINERS)).isEqualTo("value");
    }

    @Test
    void aServiceReadsAnothersStateButNotItsHistory() throws Exception {
        produce("scheduler", CONTAINER_STATE);

        assertThat(firstRecord("network", CONTAINER_STATE)).isEqualTo("value");
        assertThatThrownBy(() -> firstRecord("network", CONTAINERS)).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aServiceCannotWriteAnothersTopics() {
        assertThatThrownBy(() -> produce("image", CONTAINERS)).hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void anAgentCanDoNothingInKafka() {
        assertThatThrownBy(() -> produce("agent", CONTAINERS)).hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> firstRecord("agent", CONTAINER_STATE)).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void anIntegratorReadsHistoryAndNothingElse() throws Exception {
        var home = platform.tls("integrator");
        Integrator.write(
                Pki.in(platform.data().resolve("tls"), java.time.Clock.systemUTC()),
                home,
                platform.port("kafka"),
                OsUser.current());
        produce("scheduler", CONTAINERS);

        assertThat(firstRecord("integrator", CONTAINERS)).isEqualTo("value");
        assertThatThrownBy(() -> firstRecord("integrator", CONTAINER_STATE))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> produce("integrator", CONTAINERS)).hasCauseInstanceOf(AuthorizationException.class);
    }

    @Test
    void onlyTheLauncherChangesTheTopology() {
        try (var admin = Admin.create(client("scheduler"))) {
            assertThatThrownBy(
                            () -> admin.deleteTopics(List.of(CONTAINERS)).all().get())
                    .hasCauseInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() -> admin.describeCluster()
                            .clusterId()
                            .thenApply(
                                    id -> admin.deleteAcls(List.of(org.apache.kafka.common.acl.AclBindingFilter.ANY)))
                            .get()
                            .all()
                            .get())
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void kafkaRefusesACertificateOfTheUsersAuthorityOnBothListeners() {
        for (var port : List.of("kafka", "kafka-controller")) {
            var client = new HashMap<>(client("user"));
            client.put("bootstrap.servers", "127.0.0.1:" + platform.port(port));
            // it must also get as far as showing its own certificate
            client.put(
                    "ssl.truststore.location",
                    platform.tls("scheduler").resolve("ca.pem").toString());
            try (var admin = Admin.create(client)) {
                assertThatThrownBy(() -> admin.listTopics().names().get())
                        .hasCauseInstanceOf(org.apache.kafka.common.errors.SslAuthenticationException.class);
            }
        }
    }

    @Test
    void kafkaAnswersPlainTextWithATlsAlertOnly() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), platform.port("kafka"))) {
            // ApiVersions, as any Kafka client begins
            socket.getOutputStream().write(new byte[] {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, -1, -1});

            var answer = socket.getInputStream().readAllBytes();

            assertThat(answer).startsWith(TLS_ALERT).hasSizeLessThan(16);
        }
    }

    private static void produce(String service, String topic) throws ExecutionException, InterruptedException {
        var client = new HashMap<>(client(service));
        client.put("linger.ms", 0);
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", "value")).get();
        }
    }

    private static String firstRecord(String service, String topic) {
        var client = new HashMap<>(client(service));
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            for (var i = 0; i < 50; i++) {
                for (var found : consumer.poll(Duration.ofMillis(200))) {
                    return found.value();
                }
            }
            throw new AssertionError("no record on " + topic);
        }
    }

    private static Map<String, Object> client(String service) {
        var client = new HashMap<String, Object>(ClientSecurity.of(platform.tls(service)));
        client.put("bootstrap.servers", "127.0.0.1:" + platform.port("kafka"));
        return client;
    }
}
