package dev.gantry.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the code sends is what {@code asyncapi.yaml} describes, and the other way round. */
class AsyncApiTest {
    private static final long SEED = 20260101;
    private final AsyncApi api = AsyncApi.read();

    @Test
    void describesTheTopicsThereAre() {
        List<String> topics = new ArrayList<>();
        for (ObjectKind kind : ObjectKind.values()) {
            if (kind.hasEvents()) {
                topics.add(kind.eventsTopic());
            }
            if (kind.hasState()) {
                topics.add(kind.stateTopic());
            }
        }
        assertThat(api.addresses()).containsExactlyInAnyOrderElementsOf(topics);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(api.references())
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(api.at(reference).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everyEnvelopeOfTheCodeFitsItsTopicsSchema() throws IOException {
        Random random = new Random(SEED);
        for (ObjectKind kind : kindsWithEvents()) {
            JsonSchema schema = api.eventSchema(kind);
            assertThat(api.types(kind)).isNotEmpty();
            for (String type : api.types(kind)) {
                CloudEvent event = randomEvent(random, kind, type.substring(type.lastIndexOf('.') + 1));
                assertThat(event.type()).isEqualTo(type);
                assertThat(schema.validate(AsyncApi.json(event.toJson())))
                        .as("seed %d, %s", SEED, event)
                        .isEmpty();
            }
        }
    }

    @Test
    void anEventOfAnotherKindOrWithAPartMissingDoesNotFit() throws IOException {
        JsonSchema containers = api.eventSchema(ObjectKind.CONTAINER);
        CloudEvent image = randomEvent(new Random(SEED), ObjectKind.IMAGE, "tag");
        assertThat(containers.validate(AsyncApi.json(image.toJson()))).isNotEmpty();
        JsonNode start = AsyncApi.json(
                randomEvent(new Random(SEED), ObjectKind.CONTAINER, "start").toJson());
        start.fieldNames().forEachRemaining(name -> {
            ObjectNode without = start.deepCopy();
            without.remove(name);
            assertThat(containers.validate(without)).as(name).isNotEmpty();
        });
    }

    @Test
    void statesTheLimitsOfTheCode() {
        JsonNode data = api.at("#/components/schemas/EventData/properties");
        JsonNode attributes = data.at("/actor/properties/Attributes");
        assertThat(attributes.path("maxProperties").asInt()).isEqualTo(CloudEvent.MAX_ATTRIBUTES);
        assertThat(attributes.at("/additionalProperties/maxLength").asInt()).isEqualTo(CloudEvent.MAX_ATTRIBUTE_CHARS);
        assertThat(data.at("/action/maxLength").asInt()).isEqualTo(CloudEvent.MAX_ACTION_CHARS);
        assertThat(api.at("#/components/schemas/CloudEvent/description").asText())
                .contains(Integer.toString(CloudEvent.MAX_BYTES));
    }

    @Test
    void everyTopicHasOneSender() {
        assertThat(api.sentTo()).doesNotHaveDuplicates().hasSameSizeAs(api.addresses());
    }

    @Test
    void everyEventCarriesTheContentTypeOfItsHeader() {
        for (ObjectKind kind : kindsWithEvents()) {
            JsonNode message = api.eventMessage(kind);
            assertThat(message.path("contentType").asText()).isEqualTo(CloudEvent.CONTENT_TYPE);
            JsonSchema headers = api.schema(message.path("headers").path("$ref").asText());
            ObjectNode sent = new com.fasterxml.jackson.databind.ObjectMapper()
                    .createObjectNode()
                    .put("version", "12")
                    .put("content-type", CloudEvent.CONTENT_TYPE);
            assertThat(headers.validate(sent)).isEmpty();
            assertThat(headers.validate(sent.deepCopy().put("content-type", "application/json")))
                    .isNotEmpty();
        }
    }

    private static List<ObjectKind> kindsWithEvents() {
        return Arrays.stream(ObjectKind.values()).filter(ObjectKind::hasEvents).toList();
    }

    private static CloudEvent randomEvent(Random random, ObjectKind kind, String action) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = random.nextInt(600); i > 0; i--) {
            attributes.put("label" + i, "x".repeat(random.nextInt(200)));
        }
        attributes.put("fat", "\u0001".repeat(10_000));
        String words = action.startsWith("exec_") ? action + ": sh -c " + "y".repeat(2000) : action;
        long nanos = Math.floorMod(random.nextLong(), 4_000_000_000_000_000_000L);
        return CloudEvent.of(
                "scheduler", kind, words, "object" + random.nextInt(), attributes, random.nextInt(1000), nanos);
    }
}
