package dev.gantry.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The description of the log, as the tests need it. */
final class AsyncApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final JsonNode document;

    private AsyncApi(JsonNode document) {
        this.document = document;
    }

    static AsyncApi read() {
        try {
            return new AsyncApi(MAPPER.valueToTree(new Yaml().load(Files.readString(Path.of("asyncapi.yaml")))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> addresses() {
        return StreamSupport.stream(document.path("channels").spliterator(), false)
                .map(channel -> channel.path("address").asText())
                .toList();
    }

    /** The payload schema of the events topic of this kind, found as a reader would: channel, message, payload. */
    JsonSchema eventSchema(ObjectKind kind) {
        return schema(eventMessage(kind).path("payload").path("$ref").asText());
    }

    /** The channels that somebody sends to, by the operations. */
    List<String> sentTo() {
        return StreamSupport.stream(document.path("operations").spliterator(), false)
                .filter(operation -> operation.path("action").asText().equals("send"))
                .map(operation -> operation.path("channel").path("$ref").asText())
                .toList();
    }

    JsonNode eventMessage(ObjectKind kind) {
        for (JsonNode channel : document.path("channels")) {
            if (channel.path("address").asText().equals(kind.eventsTopic())) {
                return at(channel.path("messages").path("event").path("$ref").asText());
            }
        }
        throw new IllegalArgumentException("no channel of " + kind);
    }

    List<String> types(ObjectKind kind) {
        String name = kind.word().substring(0, 1).toUpperCase(Locale.ROOT)
                + kind.word().substring(1) + "Event";
        JsonNode types = at("#/components/schemas/" + name)
                .path("allOf")
                .path(1)
                .path("properties")
                .path("type")
                .path("enum");
        List<String> names = new ArrayList<>();
        types.forEach(type -> names.add(type.asText()));
        return names;
    }

    JsonSchema schema(String reference) {
        ObjectNode schema = MAPPER.createObjectNode();
        schema.put("$ref", reference);
        schema.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }

    JsonNode at(String reference) {
        return document.at(reference.substring(1));
    }

    /** Every reference in the document. */
    List<String> references() {
        return document.findValuesAsText("$ref");
    }

    static JsonNode json(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }
}
