package dev.gantry.contracts.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.container.ConsoleSize;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the codec expects at a place, with the name Go's messages give it. */
sealed interface Shape {
    String goName();

    record Text() implements Shape {
        @Override
        public String goName() {
            return "string";
        }
    }

    record Flag() implements Shape {
        @Override
        public String goName() {
            return "bool";
        }
    }

    record Whole(long min, long max, String goName) implements Shape {}

    record Time() implements Shape {
        @Override
        public String goName() {
            return "time.Time";
        }
    }

    record Console() implements Shape {
        @Override
        public String goName() {
            return "[2]uint";
        }
    }

    /** Anything, kept as it is. */
    record Any() implements Shape {
        @Override
        public String goName() {
            return "interface {}";
        }
    }

    record Items(Slot element, boolean stringToo) implements Shape {
        @Override
        public String goName() {
            return "[]" + element.shape().goName();
        }
    }

    /** A map of empty objects. */
    record Keys() implements Shape {
        @Override
        public String goName() {
            return "map[string]struct {}";
        }
    }

    record Entries(Slot value) implements Shape {
        @Override
        public String goName() {
            return "map[string]" + value.shape().goName();
        }
    }

    record Fields(RecordShape<?> shape) implements Shape {
        @Override
        public String goName() {
            return shape.goName();
        }
    }

    /** A place that may be null, or takes its shape's zero value instead. */
    record Slot(Shape shape, boolean nullable) {}

    static Shape of(Class<?> type) {
        if (type == String.class) {
            return new Text();
        } else if (type == boolean.class || type == Boolean.class) {
            return new Flag();
        } else if (type == int.class || type == Integer.class) {
            return new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
        } else if (type == long.class || type == Long.class) {
            return new Whole(Long.MIN_VALUE, Long.MAX_VALUE, "int64");
        } else if (type == Instant.class) {
            return new Time();
        } else if (type == ConsoleSize.class) {
            return new Console();
        } else if (type == JsonNode.class) {
            return new Any();
        } else if (type.isRecord()) {
            return new Fields(RecordShape.of(type));
        }
        throw new IllegalArgumentException("not a type of the codec: " + type);
    }

    static Slot slot(AnnotatedType type, boolean stringToo) {
        return new Slot(shape(type, stringToo), type.isAnnotationPresent(Nullable.class));
    }

    private static Shape shape(AnnotatedType type, boolean stringToo) {
        if (!(type instanceof AnnotatedParameterizedType parameterized)) {
            return of((Class<?>) type.getType());
        }
        AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
        Type raw = ((java.lang.reflect.ParameterizedType) parameterized.getType()).getRawType();
        if (raw == List.class) {
            return new Items(slot(arguments[0], false), stringToo);
        } else if (raw == Map.class) {
            return new Entries(slot(arguments[1], false));
        } else if (raw == Set.class) {
            return new Keys();
        }
        throw new IllegalArgumentException("not a type of the codec: " + type);
    }
}
