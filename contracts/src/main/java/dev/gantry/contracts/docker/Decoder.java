package dev.gantry.contracts.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.gantry.contracts.docker.container.ConsoleSize;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a JSON tree to records, by Go's rules: what is null or absent is the zero value, what has another type is refused. */
final class Decoder {
    private Decoder() {}

    static Object decode(JsonNode json, Shape shape, Path path) {
        boolean absent = json.isNull() || json.isMissingNode();
        return switch (shape) {
            case Shape.Text text -> absent ? "" : text(json, text, path);
            case Shape.Flag flag -> !absent && flag(json, flag, path);
            case Shape.Whole whole -> number(absent ? 0 : whole(json, whole, path), whole);
            case Shape.Time time -> absent ? GoTime.ZERO : time(json, time, path);
            case Shape.Console console -> absent ? ConsoleSize.NONE : console(json, console, path);
            case Shape.Any any -> absent ? NullNode.getInstance() : json;
            case Shape.Items items -> absent ? List.of() : items(json, items, path);
            case Shape.Keys keys -> absent ? Set.of() : keys(json, keys, path);
            case Shape.Entries entries -> absent ? Map.of() : entries(json, entries, path);
            case Shape.Fields fields -> fields(absent ? NullNode.getInstance() : json, fields, path);
        };
    }

    static List<Object> decodeList(JsonNode json, Shape element, Path path) {
        Shape.Items items = new Shape.Items(new Shape.Slot(element, false), false);
        return json.isNull() ? List.of() : items(json, items, path);
    }

    private static @Nullable Object decode(JsonNode json, Shape.Slot slot, Path path) {
        boolean absent = json.isNull() || json.isMissingNode();
        return absent && slot.nullable() ? null : decode(json, slot.shape(), path);
    }

    private static String text(JsonNode json, Shape.Text shape, Path path) {
        if (!json.isTextual()) {
            throw mismatch(json, shape, path);
        }
        return json.textValue();
    }

    private static boolean flag(JsonNode json, Shape.Flag shape, Path path) {
        if (!json.isBoolean()) {
            throw mismatch(json, shape, path);
        }
        return json.booleanValue();
    }

    private static long whole(JsonNode json, Shape.Whole shape, Path path) {
        if (!json.isIntegralNumber() || !json.canConvertToLong()) {
            throw mismatch(json, shape, path);
        }
        long value = json.longValue();
        if (value < shape.min() || value > shape.max()) {
            throw mismatch(json, shape, path);
        }
        return value;
    }

    private static Object number(long value, Shape.Whole shape) {
        if (shape.max() == Integer.MAX_VALUE) {
            return Math.toIntExact(value);
        }
        return value;
    }

    private static Instant time(JsonNode json, Shape.Time shape, Path path) {
        String text = json.isTextual() ? json.textValue() : "";
        if (!json.isTextual()) {
            throw mismatch(json, shape, path);
        }
        if (text.isEmpty()) {
            return GoTime.ZERO; // image inspect has "" where the config names no time
        }
        try {
            return GoTime.parse(text);
        } catch (DateTimeParseException e) {
            throw ErrorCode.INVALID_JSON
                    .with("parsing time \"" + text + "\" for " + path + " as RFC 3339")
                    .causedBy(e);
        }
    }

    private static ConsoleSize console(JsonNode json, Shape.Console shape, Path path) {
        if (!json.isArray()) {
            throw mismatch(json, shape, path);
        }
        Shape number = new Shape.Whole(0, Integer.MAX_VALUE, "uint");
        return new ConsoleSize((int) decode(json.path(0), number, path), (int) decode(json.path(1), number, path));
    }

    private static List<Object> items(JsonNode json, Shape.Items shape, Path path) {
        if (shape.stringToo() && json.isTextual()) {
            return List.of(json.textValue());
        }
        if (!json.isArray()) {
            throw mismatch(json, shape, path);
        }
        List<Object> items = new ArrayList<>(json.size());
        for (JsonNode item : json) {
            items.add(decode(item, shape.element().shape(), path));
        }
        return Collections.unmodifiableList(items);
    }

    private static Set<String> keys(JsonNode json, Shape.Keys shape, Path path) {
        if (!json.isObject()) {
            throw mismatch(json, shape, path);
        }
        Set<String> keys = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!field.getValue().isObject() && !field.getValue().isNull()) {
                throw mismatch(field.getValue(), "struct {}", path);
            }
            keys.add(field.getKey());
        }
        return Collections.unmodifiableSet(keys);
    }

    private static Map<String, @Nullable Object> entries(JsonNode json, Shape.Entries shape, Path path) {
        if (!json.isObject()) {
            throw mismatch(json, shape, path);
        }
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            entries.put(field.getKey(), decode(field.getValue(), shape.value(), path.field(field.getKey())));
        }
        return Collections.unmodifiableMap(entries);
    }

    private static Object fields(JsonNode json, Shape.Fields shape, Path path) {
        if (!json.isObject() && !json.isNull()) {
            throw mismatch(json, shape, path);
        }
        return record(byKey(json), json, shape.shape(), path);
    }

    private static Object record(Map<String, JsonNode> fields, JsonNode json, RecordShape<?> shape, Path path) {
        @Nullable Object[] values = new @Nullable Object[shape.parts().size()];
        for (int i = 0; i < values.length; i++) {
            RecordShape.Part part = shape.parts().get(i);
            values[i] = part.unwrapped()
                    ? unwrapped(fields, json, part, path)
                    : decode(
                            fields.getOrDefault(part.key(), NullNode.getInstance()),
                            part.slot(),
                            path.field(part.name()));
        }
        return shape.construct(values);
    }

    /** Null when the object has none of the inner record's keys, as Go leaves an embedded pointer. */
    private static @Nullable Object unwrapped(
            Map<String, JsonNode> fields, JsonNode json, RecordShape.Part part, Path path) {
        RecordShape<?> inner = ((Shape.Fields) part.slot().shape()).shape();
        boolean named = fields.keySet().stream().anyMatch(inner.keys()::contains);
        return named || !part.slot().nullable() ? record(fields, json, inner, path) : null;
    }

    /** Keys match without case; of two that match, the later one counts. */
    private static Map<String, JsonNode> byKey(JsonNode json) {
        Map<String, JsonNode> fields = new HashMap<>();
        json.properties().forEach(field -> fields.put(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
        return fields;
    }

    private static GantryException mismatch(JsonNode json, Shape expected, Path path) {
        return mismatch(json, expected.goName(), path);
    }

    private static GantryException mismatch(JsonNode json, String expected, Path path) {
        String place = path.isRoot() ? "Go value" : "Go struct field ." + path;
        return ErrorCode.INVALID_JSON.with(
                "json: cannot unmarshal " + goKind(json, expected) + " into " + place + " of type " + expected);
    }

    private static String goKind(JsonNode json, String expected) {
        return switch (json.getNodeType()) {
            case ARRAY -> "array";
            case OBJECT, POJO -> "object";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> expected.startsWith("int") ? "number " + json.asText() : "number";
            case NULL, MISSING -> "null";
        };
    }
}
