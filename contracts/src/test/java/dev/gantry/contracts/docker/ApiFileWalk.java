package dev.gantry.contracts.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares a schema of the API file with a record's shape. */
@SuppressWarnings("unchecked") // the YAML parser gives maps of objects
final class ApiFileWalk {
    private final Map<String, Object> api;
    private final List<String> differences = new ArrayList<>();

    ApiFileWalk(Map<String, Object> api) {
        this.api = api;
    }

    List<String> differences() {
        return differences;
    }

    Map<String, Object> definition(String name) {
        return Objects.requireNonNull(in(in(api, "definitions"), name), name);
    }

    Map<String, Object> answer(String path, String method) {
        Map<String, Object> responses = in(in(in(in(api, "paths"), path), method), "responses");
        Object ok = responses.containsKey("200")
                ? responses.get("200")
                : ((Map<Object, Object>) (Map<?, ?>) responses).get(200);
        return in((Map<String, Object>) Objects.requireNonNull(ok), "schema");
    }

    void compare(String path, Map<String, Object> schema, RecordShape<?> record) {
        Map<String, Object> properties = properties(schema);
        Map<String, RecordShape.Part> parts = new LinkedHashMap<>();
        record.parts().forEach(part -> parts.put(part.name(), part));
        properties.keySet().stream()
                .filter(name -> !parts.containsKey(name))
                .forEach(name -> differences.add(path + "." + name + " only in the file"));
        parts.forEach((name, part) -> {
            if (properties.containsKey(name)) {
                compareType(path + "." + name, in(properties, name), part.slot().shape());
            } else {
                differences.add(path + "." + name + " only in the record");
            }
        });
    }

    private void compareType(String path, Map<String, Object> given, Shape shape) {
        Map<String, Object> schema = resolved(given);
        boolean fits = switch (shape) {
            case Shape.Text ignored -> is(schema, "string");
            case Shape.Time ignored -> is(schema, "string");
            case Shape.Flag ignored -> is(schema, "boolean");
            case Shape.Whole whole -> is(schema, "integer") && wideEnough(schema, whole);
            case Shape.Console ignored -> is(schema, "array");
            case Shape.Any ignored -> true;
            case Shape.Items ignored -> is(schema, "array");
            case Shape.Keys ignored -> is(schema, "object") && schema.containsKey("additionalProperties");
            case Shape.Entries ignored -> is(schema, "object") && schema.containsKey("additionalProperties");
            case Shape.Fields ignored -> !properties(schema).isEmpty();
        };
        if (!fits) {
            differences.add(path + " is " + shape.goName() + ", in the file " + schema.get("type"));
            return;
        }
        descend(path, schema, shape);
    }

    private void descend(String path, Map<String, Object> schema, Shape shape) {
        switch (shape) {
            case Shape.Items items ->
                compareType(path + "[]", in(schema, "items"), items.element().shape());
            case Shape.Entries entries ->
                compareType(
                        path + "{}",
                        in(schema, "additionalProperties"),
                        entries.value().shape());
            case Shape.Fields fields -> compare(path, schema, fields.shape());
            case Shape.Text _,
                    Shape.Time _,
                    Shape.Flag _,
                    Shape.Whole _,
                    Shape.Console _,
                    Shape.Any _,
                    Shape.Keys _ -> {}
        }
    }

    private static boolean is(Map<String, Object> schema, String type) {
        return type.equals(schema.get("type")) || (type.equals("string") && schema.containsKey("enum"));
    }

    private static boolean wideEnough(Map<String, Object> schema, Shape.Whole whole) {
        return !"int64".equals(schema.get("format")) || whole.max() == Long.MAX_VALUE;
    }

    private Map<String, Object> properties(Map<String, Object> given) {
        Map<String, Object> schema = resolved(given);
        Map<String, Object> all = new LinkedHashMap<>();
        for (Object part : (List<Object>) schema.getOrDefault("allOf", List.of())) {
            all.putAll(properties((Map<String, Object>) part));
        }
        all.putAll((Map<String, Object>) schema.getOrDefault("properties", Map.of()));
        return all;
    }

    private Map<String, Object> resolved(Map<String, Object> schema) {
        if (schema.get("$ref") instanceof String reference) {
            return resolved(definition(reference.substring(reference.lastIndexOf('/') + 1)));
        }
        List<Object> all = (List<Object>) schema.getOrDefault("allOf", List.of());
        boolean renamed = all.size() == 1
                && Set.of("allOf", "description", "x-nullable", "example").containsAll(schema.keySet());
        return renamed ? resolved((Map<String, Object>) all.get(0)) : schema;
    }

    private static Map<String, Object> in(Map<String, Object> map, String key) {
        return (Map<String, Object>) Objects.requireNonNull(map.get(key), key);
    }
}
