package dev.gantry.e2e.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** One line of {@code docker events}. */
record Event(String type, String action, String actor, Map<String, String> attributes, long timeNano) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    Event {
        attributes = Map.copyOf(attributes);
    }

    static Event parse(String line) {
        try {
            return of(MAPPER.readTree(line));
        } catch (IOException e) {
            throw new AssertionError("docker events printed: " + line, e);
        }
    }

    private static Event of(JsonNode event) {
        var attributes = new HashMap<String, String>();
        event.at("/Actor/Attributes")
                .properties()
                .forEach(
                        entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
        return new Event(
                event.path("Type").asText(),
                event.path("Action").asText(),
                event.at("/Actor/ID").asText(),
                attributes,
                event.path("timeNano").asLong());
    }

    /** The container that it is about, also when a network or a volume tells it. */
    String container() {
        return type.equals("container") ? actor : attributes.getOrDefault("container", "");
    }

    /** The action without what follows its colon: the command of an exec. */
    String verb() {
        return action.split(":", 2)[0];
    }

    String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return type + " " + action + " " + timeNano;
    }
}
