package dev.gantry.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.kafka.KafkaAccess;
import dev.gantry.gateway.testing.Engine;
import dev.gantry.gateway.testing.UnixClient;
import dev.gantry.platform.testing.TestPlatform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The stream of events over a real broker under mutual TLS. The tests are ordered by the times they speak of: a log is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EventStreamTest {
    private static final long SECOND = 1_000_000_000L;

    private TestPlatform platform;
    private Engine engine;
    private final Map<String, Producer<String, String>> producers = new HashMap<>();

    @BeforeAll
    void start() throws Exception {
        platform = TestPlatform.start(TestPlatform.Part.KAFKA);
        engine = new Engine(new EventTail(access("gateway")::consumer).start());
        for (var service : List.of("scheduler", "network")) {
            producers.put(service, access(service).producer("test-" + service));
        }
    }

    @AfterAll
    void stop() throws Exception {
        engine.close();
        producers.values().forEach(Producer::close);
        platform.close();
    }

    private KafkaAccess access(String service) {
        return KafkaAccess.mutualTls("127.0.0.1:" + platform.port("kafka"), platform.tls(service));
    }

    private CloudEvent said(String service, ObjectKind kind, String action, String id, long time) throws Exception {
        var event = CloudEvent.of(service, kind, action, id, Map.of("name", "c1", "image", "busybox"), 1, time);
        send(service, kind, event);
        return event;
    }

    private void send(String service, ObjectKind kind, CloudEvent event) throws Exception {
        var json = new String(event.toJson(), StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(
                kind.eventsTopic(), null, event.data().timeNano() / 1_000_000, event.subject(), json);
        java.util.Objects.requireNonNull(producers.get(service)).send(record).get();
    }

    private static List<JsonNode> lines(String body) {
        return body.lines()
                .map(line -> DockerJson.parse(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private List<JsonNode> past(String query) throws IOException {
        try (var client = engine.client()) {
            var answer = client.get("/v1.51/events?" + query);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return lines(answer.body());
        }
    }

    @Test
    @Order(1)
    void pastEventsOfAllTopicsComeInTheOrderOfTheirTimes() throws Exception {
        var begin = 1_000_000 * SECOND;
        for (var i = 0; i < 20; i++) {
            said("scheduler", ObjectKind.CONTAINER, "start", "c" + i, begin + 2L * i * SECOND);
            said("network", ObjectKind.NETWORK, "connect", "n" + i, begin + (2L * i + 1) * SECOND);
        }
        var found = past("since=1000000&until=1000038");
        assertThat(found).hasSize(39);
        assertThat(found.stream().map(event -> event.path("time").asLong())).isSorted();
        assertThat(found.getFirst().path("status").asText()).isEqualTo("start");
        assertThat(found.get(1).path("Type").asText()).isEqualTo("network");
        assertThat(past("since=1000010&until=1000020&filters=%7B%22type%22%3A%7B%22network%22%3Atrue%7D%7D"))
                .hasSize(5);
    }

    @Test
    @Order(2)
    void whatWasSentTwiceIsShownOnce() throws Exception {
        var event = said("scheduler", ObjectKind.CONTAINER, "die", "twice", 2_000_000 * SECOND);
        send("scheduler", ObjectKind.CONTAINER, event);
        assertThat(past("since=2000000&until=2000001")).hasSize(1);
    }

    @Test
    void theHeadComesBeforeAnyEventAndEventsComeOneByOne() throws Exception {
        try (var client = engine.client()) {
            var head = client.request("GET", "/v1.51/events").head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("application/json");
            for (var i = 0; i < 50; i++) {
                var id = UUID.randomUUID().toString();
                said("scheduler", ObjectKind.CONTAINER, "create", id, Events.now());
                assertThat(client.chunk()).endsWith("\n").contains("\"id\":\"" + id + "\"");
            }
        }
    }

    @Test
    @Order(3)
    void followsFromAPastMomentIntoThePresentWithoutGapOrRepeat() throws Exception {
        said("scheduler", ObjectKind.CONTAINER, "create", "old", 3_000_000 * SECOND);
        try (var client = engine.client()) {
            client.request(
                            "GET",
                            "/v1.51/events?since=3000000&filters=%7B%22container%22%3A%5B%22old%22%2C%22new%22%5D%7D")
                    .head();
            assertThat(client.chunk()).contains("\"old\"");
            said("scheduler", ObjectKind.CONTAINER, "create", "new", Events.now());
            assertThat(client.chunk()).contains("\"new\"");
        }
    }

    @Test
    void endsAtAFutureMoment() throws Exception {
        var until = System.currentTimeMillis() / 1000 + 1;
        try (var client = engine.client()) {
            client.request("GET", "/v1.51/events?until=" + until + "&since=" + until)
                    .head();
            assertThat(client.chunk()).isEmpty();
            assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(until * 1000);
        }
    }

    @Test
    void refusesAnEndBeforeTheBeginningAndBadTimes() throws Exception {
        try (var client = engine.client()) {
            refused(client, "since=2&until=1", 400, "`since` time (2) cannot be after `until` time (1)");
            refused(client, "since=bogus", 500, "strconv.ParseInt: parsing \\\"bogus\\\": invalid syntax");
            refused(client, "filters=bogus", 400, "invalid filter");
        }
    }

    private static void refused(UnixClient client, String query, int status, String message) throws IOException {
        var answer = client.get("/v1.51/events?" + query);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"message\":\"" + message + "\"}\n");
    }
}
