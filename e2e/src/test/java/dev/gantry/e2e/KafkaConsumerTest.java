package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.EventsDocument;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import dev.gantry.platform.kafka.ClientSecurity;
import dev.gantry.service.instance.Port;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader of Kafka who knows nothing but {@code contracts/asyncapi.yaml} and has what {@code gantry kafka-client} gave him. */
@OnPlatform
class KafkaConsumerTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Platform gantry;
    private final EventsDocument document = EventsDocument.read();

    @TempDir
    private Path directory;

    KafkaConsumerTest(Packaging packaging) {
        gantry = Platforms.of(packaging);
    }

    @AfterEach
    void removeWhatIsLeft() {
        gantry.docker("rm", "-f", "seen", "seen2");
        gantry.docker("rmi", "seen:1");
    }

    @Test
    void seesWhatDockerEventsShowsInTheSameOrderPerObject() throws IOException {
        var since = System.currentTimeMillis() * 1_000_000;
        gantry.docker("run", "--name", "seen", "--network", "none", "--label", "a=b", "busybox", "sh", "-c", "exit 3");
        gantry.docker("rename", "seen", "seen2");
        gantry.docker("tag", "busybox", "seen:1");
        gantry.docker("rmi", "seen:1");
        gantry.docker("rm", "seen2");
        var seconds = Long.toString(since / 1_000_000_000);
        Await.until(
                "the last event", SOON, () -> shown(seconds, since).toString().contains("destroy"));
        var shown = shown(seconds, since);
        var last = shown.values().stream()
                .flatMap(List::stream)
                .mapToLong(line -> Long.parseLong(line.split(" at ", -1)[1].split(" ", -1)[0]))
                .max()
                .orElseThrow();
        try (var reader = reader()) {
            var read = new TreeMap<String, List<String>>();
            var ids = new HashSet<String>();
            Await.until("all that is shown", SOON, () -> {
                for (var event : reader.poll(POLL)) {
                    var envelope = valid(event);
                    var time = envelope.at("/data/timeNano").asLong();
                    if (time >= since
                            && time <= last
                            && !event.topic().equals("gantry.registry.events")
                            && ids.add(envelope.path("id").asText())) {
                        note(
                                read,
                                envelope.path("type").asText().split("\\.", -1)[2],
                                envelope.path("data").path("actor").path("ID").asText(),
                                envelope.path("data"));
                    }
                }
                return count(read) >= count(shown);
            });
            assertThat(read).isEqualTo(shown);
        }
        assertThat(shown.toString()).contains("create", "start", "die", "rename", "destroy", "tag", "untag");
    }

    /** What {@code docker events} has, per object. */
    private Map<String, List<String>> shown(String sinceSeconds, long sinceNanos) {
        var shown = new TreeMap<String, List<String>>();
        gantry.docker("events", "--since", sinceSeconds, "--until", "0s", "--format", "{{json .}}")
                .out()
                .lines()
                .map(KafkaConsumerTest::json)
                .filter(event -> event.path("timeNano").asLong() >= sinceNanos)
                .forEach(event -> {
                    var data = MAPPER.createObjectNode();
                    data.put("action", event.path("Action").asText());
                    data.put("timeNano", event.path("timeNano").asLong());
                    data.set("actor", event.path("Actor"));
                    note(
                            shown,
                            event.path("Type").asText(),
                            event.at("/Actor/ID").asText(),
                            data);
                });
        return shown;
    }

    private static void note(Map<String, List<String>> events, String kind, String object, JsonNode data) {
        var attributes = new TreeMap<String, String>();
        data.at("/actor/Attributes")
                .properties()
                .forEach(
                        entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
        events.computeIfAbsent(kind + " " + object, key -> new ArrayList<>())
                .add(data.path("action").asText() + " at "
                        + data.path("timeNano").asLong() + " " + attributes);
    }

    private static int count(Map<String, List<String>> events) {
        return events.values().stream().mapToInt(List::size).sum();
    }

    private JsonNode valid(ConsumerRecord<String, String> event) {
        var message = document.histories().get(event.topic());
        assertThat(message).as(event.topic()).isNotNull();
        var envelope = json(event.value());
        assertThat(document.schema(message, "payload").validate(envelope))
                .as(event.value())
                .isEmpty();
        ObjectNode headers = MAPPER.createObjectNode();
        event.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(document.schema(message, "headers").validate(headers))
                .as("%s", headers)
                .isEmpty();
        assertThat(event.key()).isEqualTo(envelope.path("subject").asText());
        return envelope;
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    @Test
    void readsNoState() throws IOException {
        try (var reader = reader()) {
            reader.unsubscribe();
            var state = new TopicPartition("gantry.containers.state", 0);
            reader.assign(List.of(state));
            reader.seekToBeginning(List.of(state));
            assertThatThrownBy(() -> reader.poll(Duration.ofSeconds(10)))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
    }

    private KafkaConsumer<String, String> reader() throws IOException {
        var home = directory.resolve("reader").toAbsolutePath();
        var given = gantry.gantry("kafka-client", home.toString());
        assertThat(given.exit()).as(given.err()).isZero();
        var properties = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("client.properties"))) {
            properties.load(in);
        }
        assertThat(properties.getProperty("bootstrap.servers")).isEqualTo(bootstrap());
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(document.histories().keySet());
        return consumer;
    }

    private String bootstrap() {
        return document.bootstrap(gantry.instance().port(Port.KAFKA));
    }

    /** A topic that nobody writes has no place in the document. */
    @Test
    void everyTopicOfTheDocumentIsWritten() {
        gantry.docker("run", "--rm", "--network", "none", "busybox", "true");
        gantry.docker("volume", "create", "seen");
        gantry.docker("volume", "rm", "seen");
        var client =
                new HashMap<String, Object>(ClientSecurity.of(gantry.instance().tls("launcher")));
        client.put("bootstrap.servers", bootstrap());
        try (var superuser = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            var partitions = document.topics().stream()
                    .map(topic -> new TopicPartition(topic, 0))
                    .toList();
            assertThat(superuser.listTopics().keySet().stream().filter(topic -> topic.startsWith("gantry.")))
                    .containsExactlyInAnyOrderElementsOf(document.topics());
            Await.until(
                    "records everywhere",
                    SOON,
                    () -> superuser.endOffsets(partitions).values().stream().allMatch(end -> end > 0));
        }
    }

    @Test
    void credentialsGoToAnEmptyDirectoryOnly() throws IOException {
        Files.createFile(directory.resolve("something"));
        var refused = gantry.gantry("kafka-client", directory.toString());
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("is not empty");
    }
}
