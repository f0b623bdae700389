package dev.gantry.e2e.harness;

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
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** {@code contracts/asyncapi.yaml} as somebody outside reads it: an address to connect to, topics, and what their records look like. */
public final class EventsDocument {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode document;
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    private EventsDocument(JsonNode document) {
        this.document = document;
    }

    public static EventsDocument read() {
        try {
            var text = Files.readString(Path.of("..", "contracts", "asyncapi.yaml"));
            return new EventsDocument(MAPPER.valueToTree(new Yaml().load(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param port the instance's, the one variable of the address */
    public String bootstrap(int port) {
        return document.at("/servers/kafka/host").asText().replace("{port}", Integer.toString(port));
    }

    /** Every topic there is. */
    public java.util.Set<String> topics() {
        return channels().keySet();
    }

    /** The topics that hold events, with the reference of their one message. */
    public Map<String, String> histories() {
        return channels().entrySet().stream()
                .filter(channel -> channel.getValue().at("/messages").has("event"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        channel -> channel.getValue().at("/messages/event/$ref").asText()));
    }

    private Map<String, JsonNode> channels() {
        return StreamSupport.stream(document.path("channels").spliterator(), false)
                .collect(Collectors.toMap(channel -> channel.path("address").asText(), channel -> channel));
    }

    /** The schema of a message's {@code payload} or {@code headers}. */
    public JsonSchema schema(String message, String part) {
        return schemas.computeIfAbsent(message + " " + part, key -> {
            var reference =
                    document.at(message.substring(1)).at("/" + part + "/$ref").asText();
            ObjectNode schema = MAPPER.createObjectNode();
            schema.put("$ref", reference);
            schema.set("components", document.path("components"));
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(schema);
        });
    }
}
