package dev.gantry.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.kafka.KafkaAccess;
import dev.gantry.events.kafka.Topic;
import dev.gantry.platform.testing.TestPlatform;
import dev.gantry.platform.testing.TestPlatform.Part;
import jakarta.transaction.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The outbox and its relay on real PostgreSQL and Kafka. */
class RelayTest {
    private static final TestPlatform PLATFORM = TestPlatform.start(Part.POSTGRES, Part.KAFKA);
    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();
    private static final List<Topic> TOPICS =
            List.of(Topic.events(ObjectKind.CONTAINER), Topic.state(ObjectKind.CONTAINER));

    private final OneTransaction transaction = new OneTransaction();
    private final Outbox outbox = new Outbox(DATABASE, transaction);

    @BeforeAll
    static void createTheTable() throws SQLException {
        DATABASE.setUrl(PLATFORM.jdbcUrl("scheduler"));
        execute(resource());
    }

    @AfterAll
    static void stop() {
        PLATFORM.close();
    }

    @BeforeEach
    void forgetEverything() throws SQLException {
        execute("delete from outbox");
    }

    private static String resource() {
        try (var in = Outbox.class.getResourceAsStream("/outbox.sql")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = DATABASE.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static KafkaAccess kafka(String service) {
        return KafkaAccess.mutualTls("127.0.0.1:" + PLATFORM.port("kafka"), PLATFORM.tls(service));
    }

    private Relay relay() {
        return new Relay("scheduler", outbox, TOPICS, kafka("scheduler"));
    }

    private static OutboxRecord event(String key, long version) {
        return new OutboxRecord(
                ObjectKind.CONTAINER.eventsTopic(), key, version, Instant.now(), "{\"v\":" + version + "}");
    }

    private static Consumer<String, byte[]> reader() {
        var consumer = kafka("gateway").consumer("test");
        var partition = new TopicPartition(ObjectKind.CONTAINER.eventsTopic(), 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    private static List<String> read(String key, int count) {
        var values = new ArrayList<String>();
        try (var consumer = reader()) {
            await(Duration.ofSeconds(40), () -> {
                for (var record : consumer.poll(Duration.ofMillis(50))) {
                    if (record.key().equals(key)) {
                        values.add(new String(record.value(), StandardCharsets.UTF_8));
                    }
                }
                return values.size() >= count;
            });
        }
        return values;
    }

    private static List<String> versions(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(v -> "{\"v\":" + v + "}")
                .toList();
    }

    private static void await(Duration limit, BooleanSupplier condition) {
        var deadline = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(deadline);
            LockSupport.parkNanos(200_000); // between two looks
        }
    }

    @Test
    void sendsTheRecordsOfOneObjectInOrderAndOnce() {
        try (var relay = relay()) {
            relay.start();
            IntStream.rangeClosed(1, 300).forEach(v -> outbox.append(event("a", v), event("other" + v, 1)));
            assertThat(read("a", 300)).isEqualTo(versions(300));
        }
    }

    @Test
    void eventsOfTheTimeWithoutKafkaArriveAfterItInOrderAndOnce() {
        try (var relay = relay()) {
            relay.start();
            outbox.append(event("b", 1));
            assertThat(read("b", 1)).hasSize(1);
            PLATFORM.stopKafka();
            // what waited for Kafka would wait for ever
            IntStream.rangeClosed(2, 100).forEach(v -> outbox.append(event("b", v)));
            PLATFORM.startKafka();
            assertThat(read("b", 100)).isEqualTo(versions(100));
        }
    }

    @Test
    void anEventSaysThatItIsACloudEventAndAStateDoesNot() {
        var state = new TopicPartition(ObjectKind.CONTAINER.stateTopic(), 0);
        try (var relay = relay();
                var consumer = kafka("scheduler").consumer("test");
                var history = reader()) {
            relay.start();
            outbox.append(event("h", 1), OutboxRecord.state(ObjectKind.CONTAINER, "h", 1, Instant.now(), "{}"));
            assertThat(contentTypes(history, "h")).containsExactly("application/cloudevents+json");
            consumer.assign(List.of(state));
            consumer.seekToBeginning(List.of(state));
            assertThat(contentTypes(consumer, "h")).isEmpty();
        }
    }

    private static List<String> contentTypes(Consumer<String, byte[]> consumer, String key) {
        var found = new ArrayList<String>();
        await(Duration.ofSeconds(20), () -> {
            for (var record : consumer.poll(Duration.ofMillis(50))) {
                if (record.key().equals(key)) {
                    record.headers()
                            .headers("content-type")
                            .forEach(header -> found.add(new String(header.value(), StandardCharsets.US_ASCII)));
                    return true;
                }
            }
            return false;
        });
        return found;
    }

    @Test
    void onlyOneOfTwoRelaysSends() {
        try (var first = relay();
                var second = relay()) {
            first.start();
            second.start();
            IntStream.rangeClosed(1, 50).forEach(v -> outbox.append(event("c", v)));
            assertThat(read("c", 50)).isEqualTo(versions(50));
        }
    }

    @Test
    void whatTheLastRelayDidNotSendIsSentByTheNext() {
        outbox.append(event("d", 1));
        try (var relay = relay()) {
            relay.start();
            assertThat(read("d", 1)).hasSize(1);
        }
    }

    @Test
    void nothingIsAppendedOutsideATransaction() {
        transaction.status = Status.STATUS_NO_TRANSACTION;
        assertThatThrownBy(() -> outbox.append(event("e", 1))).hasMessageContaining("in the transaction");
    }
}
