package dev.gantry.contracts.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The components of one record, read once by reflection, and its constructor, which takes one array. */
record RecordShape<T>(Class<T> type, List<Part> parts, MethodHandle constructor) {
    private static final ClassValue<RecordShape<?>> KNOWN = new ClassValue<>() {
        @Override
        protected RecordShape<?> computeValue(Class<?> type) {
            return read(type);
        }
    };

    /**
     * One component. An unwrapped one has its record's fields at this level and no name.
     *
     * @param key the name in lower case
     */
    record Part(String name, String key, Shape.Slot slot, boolean unwrapped) {}

    static RecordShape<?> of(Class<?> type) {
        return Objects.requireNonNull(KNOWN.get(type));
    }

    String goName() {
        String pack = type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
        return pack + "."
                + (type.getSimpleName().equals("ContainerCreateBody") ? "CreateRequest" : type.getSimpleName());
    }

    /** The lower-case keys that belong to this record. */
    Set<String> keys() {
        return parts.stream().filter(p -> !p.unwrapped()).map(Part::key).collect(Collectors.toUnmodifiableSet());
    }

    Object construct(@Nullable Object[] values) {
        try {
            return Objects.requireNonNull((Object) constructor.invokeExact(values));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("constructor of " + type, e);
        }
    }

    private static <T> RecordShape<T> read(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            MethodHandle constructor = MethodHandles.publicLookup()
                    .findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new RecordShape<>(
                    type, Arrays.stream(components).map(RecordShape::part).toList(), constructor);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no public constructor: " + type, e);
        }
    }

    private static Part part(RecordComponent component) {
        boolean stringToo = component.isAnnotationPresent(StringOrList.class);
        Shape.Slot slot = Shape.slot(component.getAnnotatedType(), stringToo);
        // @JsonProperty cannot be asked of the component itself: its targets are field, method and parameter
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        boolean unwrapped = component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
        String name = named == null ? component.getName() : named.value();
        return new Part(name, name.toLowerCase(Locale.ROOT), slot, unwrapped);
    }
}
