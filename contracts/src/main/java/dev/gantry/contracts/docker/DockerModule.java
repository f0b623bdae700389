package dev.gantry.contracts.docker;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** How Docker writes times and sets. */
final class DockerModule {
    private DockerModule() {}

    static SimpleModule create() {
        return new SimpleModule("docker")
                .addSerializer(Instant.class, new TimeSerializer())
                .addSerializer(Set.class, new SetSerializer());
    }

    private static final class TimeSerializer extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(GoTime.format(value));
        }
    }

    @SuppressWarnings("rawtypes") // a raw Set is what Jackson registers for
    private static final class SetSerializer extends JsonSerializer<Set> {
        @Override
        public void serialize(Set value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            for (Object key : new TreeSet<Object>((Set<?>) value)) {
                out.writeFieldName(key.toString());
                out.writeStartObject();
                out.writeEndObject();
            }
            out.writeEndObject();
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Set value) {
            return value.isEmpty();
        }
    }
}
