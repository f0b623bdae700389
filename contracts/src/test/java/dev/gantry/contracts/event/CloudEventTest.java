package dev.gantry.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.system.EventMessage;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.recording.Recording;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class CloudEventTest {
    @Test
    void becomesWhatTheEngineSaid() {
        AsyncApi api = AsyncApi.read();
        List<EventMessage> recorded = recordedEvents();
        assertThat(recorded).hasSizeGreaterThan(100).allSatisfy(message -> {
            Optional<ObjectKind> kind = ObjectKind.of(message.type());
            if (kind.isPresent() && message.scope().equals("local")) {
                CloudEvent event = event(kind.get(), message);
                assertThat(event.toDocker()).isEqualTo(message);
                assertThat(CloudEvent.fromJson(event.toJson())).isEqualTo(event);
                assertThat(api.types(kind.get())).contains(event.type());
            }
        });
    }

    @Test
    void namesActionWithoutWhatFollowsItsColon() {
        CloudEvent event = container("exec_create: sh -c exit 2", Map.of());
        assertThat(event.type()).isEqualTo("dev.gantry.container.exec_create");
        assertThat(event.toDocker().action()).isEqualTo("exec_create: sh -c exit 2");
    }

    @Test
    void neverExceedsItsLimitWhateverTheLabels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < 2000; i++) {
            labels.put("label" + i, "\u0001".repeat(5000));
        }
        labels.put("name", "c1");
        labels.put("exitCode", "137");
        CloudEvent event = container("die\u0001".repeat(3000), labels);
        assertThat(event.toJson()).hasSizeLessThan(CloudEvent.MAX_BYTES);
        assertThat(event.data().actor().attributes())
                .containsEntry("name", "c1")
                .containsEntry("exitCode", "137");
    }

    @Test
    void cutsNoCharacterInTwo() {
        assertThat(Texts.cut("ab\uD83D\uDE00", 3)).isEqualTo("ab");
        assertThat(Texts.cut("ab\uD83D\uDE00", 4)).isEqualTo("ab\uD83D\uDE00");
    }

    @Test
    void refusesWhatIsNoEnvelope() {
        String good = new String(container("start", Map.of()).toJson(), StandardCharsets.UTF_8);
        List<String> bad = List.of(
                "{}",
                "[]",
                good.replace("\"1.0\"", "\"0.3\""),
                good.replace("dev.gantry.container.start", "dev.gantry.container.stop"),
                good.replace("dev.gantry.container.start", "dev.gantry.bogus.start"),
                good.replace("dev.gantry.container.start", "com.example"));
        assertThat(bad)
                .allSatisfy(json -> assertThatThrownBy(() -> CloudEvent.fromJson(json.getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOf(GantryException.class));
    }

    @Test
    void namesTopics() {
        assertThat(ObjectKind.CONTAINER.eventsTopic()).isEqualTo("gantry.containers.events");
        assertThat(ObjectKind.NODE.stateTopic()).isEqualTo("gantry.nodes.state");
    }

    private static CloudEvent container(String action, Map<String, String> attributes) {
        return CloudEvent.of(
                "scheduler", ObjectKind.CONTAINER, action, "c0ffee", attributes, 3, 1_795_254_005_231_395_168L);
    }

    private static CloudEvent event(ObjectKind kind, EventMessage message) {
        return CloudEvent.of(
                "scheduler",
                kind,
                message.action(),
                message.actor().id(),
                Empty.ifNull(message.actor().attributes()),
                1,
                message.timeNano());
    }

    private static List<EventMessage> recordedEvents() {
        List<EventMessage> events = new ArrayList<>();
        Stream.of(170, 171, 172, 173, 174, 175, 176, 179)
                .map(Recording::numbered)
                .flatMap(recording -> recording.exchanges("GET", "/events"))
                .map(exchange -> exchange.response().json())
                .filter(JsonNode::isArray)
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .filter(JsonNode::isObject)
                .forEach(event -> events.add(Objects.requireNonNull(DockerJson.from(event, EventMessage.class))));
        return events;
    }
}
