package dev.gantry.contracts.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.error.GantryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Both forms of the filters' JSON, never mixed, bounded. */
final class FilterParser {
    static final int MAX_BYTES = 64 << 10;
    static final int MAX_KEYS = 32;
    static final int MAX_VALUES = 1000;

    private FilterParser() {}

    static Filters parse(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw Filters.malformed(null);
        }
        return read(tree(json));
    }

    private static JsonNode tree(byte[] json) {
        try {
            JsonNode tree = DockerJson.parse(json);
            DockerJson.refuseNuls(tree);
            return tree;
        } catch (GantryException e) {
            throw Filters.malformed(e);
        }
    }

    private static Filters read(JsonNode tree) {
        if (tree.isNull()) {
            return Filters.NONE;
        }
        if (!tree.isObject() || tree.size() > MAX_KEYS || !oneForm(tree)) {
            throw Filters.malformed(null);
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            List<String> read = values(field.getValue());
            if (!read.isEmpty()) {
                values.put(field.getKey(), read);
            }
        }
        return new Filters(values);
    }

    private static boolean oneForm(JsonNode tree) {
        return all(tree, true) || all(tree, false);
    }

    private static boolean all(JsonNode tree, boolean lists) {
        for (JsonNode value : tree) {
            if (!value.isNull() && !(lists ? value.isArray() : value.isObject())) {
                return false;
            }
        }
        return true;
    }

    private static List<String> values(JsonNode node) {
        if (node.size() > MAX_VALUES) {
            throw Filters.malformed(null);
        }
        return node.isArray() ? listed(node) : keyed(node);
    }

    private static List<String> listed(JsonNode node) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : node) {
            if (!value.isTextual()) {
                throw Filters.malformed(null);
            }
            values.add(value.textValue());
        }
        return List.copyOf(values);
    }

    private static List<String> keyed(JsonNode node) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, JsonNode> value : node.properties()) {
            if (!value.getValue().isBoolean()) {
                throw Filters.malformed(null);
            }
            values.add(value.getKey());
        }
        return List.copyOf(values);
    }
}
