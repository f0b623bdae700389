package dev.gantry.contracts.docker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The one codec for Docker's objects, decoding as Go's {@code encoding/json} does, because that is what clients were
 * tested with: keys match without case and the last one wins, unknown keys are ignored (see {@link
 * dev.gantry.contracts.docker.container.HostConfig}), {@code null} and absence are the zero value of a component that
 * is not {@code @Nullable} and {@code null} of one that is, numbers must be whole and in range, a text is never taken for a
 * number. Beyond Go it refuses NUL bytes and bounds size ({@value #MAX_BYTES} bytes) and depth ({@value #MAX_DEPTH}).
 *
 * <p>Encoding writes what Docker writes: nothing is left out but what is marked so, maps are sorted by key, sets are objects with
 * empty values, times are RFC 3339 with up to nine digits and no trailing zeros.
 */
public final class DockerJson {
    public static final int MAX_BYTES = 8 << 20;
    public static final int MAX_DEPTH = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_BYTES)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addModule(DockerModule.create())
            .build();

    private DockerJson() {}

    /** Reads one object; anything wrong with it is a 400 in Docker's words that names the field. */
    public static <T> T read(byte[] json, Class<T> type) {
        return from(parse(json), type);
    }

    public static <T> T read(String json, Class<T> type) {
        return read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    public static <T> List<T> readList(byte[] json, Class<T> element) {
        return fromList(parse(json), element);
    }

    /** Like {@link #read}, of JSON that is parsed already. */
    public static <T> T from(JsonNode json, Class<T> type) {
        Nuls.refuse(json);
        return type.cast(Decoder.decode(json, Shape.of(type), Path.ROOT));
    }

    public static <T> List<T> fromList(JsonNode json, Class<T> element) {
        Nuls.refuse(json);
        return Decoder.decodeList(json, Shape.of(element), Path.ROOT).stream()
                .map(element::cast)
                .toList();
    }

    /** The object that {@code {}} stands for: every component its zero value. A start for the generated builders. */
    public static <T> T empty(Class<T> type) {
        return type.cast(Decoder.decode(MissingNode.getInstance(), Shape.of(type), Path.ROOT));
    }

    /** One JSON value, bounded, with nothing after it. */
    public static JsonNode parse(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw ErrorCode.INVALID_JSON.with("larger than " + MAX_BYTES + " bytes");
        }
        try (JsonParser parser = MAPPER.createParser(json)) {
            JsonNode value = parseFirst(parser, json);
            refuseMore(parser);
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not reached: bytes in memory
        }
    }

    /** Refuses a tree that holds a NUL byte in any text or key, naming the field. */
    public static void refuseNuls(JsonNode json) {
        Nuls.refuse(json);
    }

    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
        }
    }

    public static String writeText(Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    private static JsonNode parseFirst(JsonParser parser, byte[] json) throws IOException {
        try {
            JsonNode value = MAPPER.readTree(parser);
            if (value == null || value.isMissingNode()) {
                throw ErrorCode.INVALID_JSON.with("got EOF while reading request body");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw refused("exceeded max depth of " + MAX_DEPTH + ", or a key or number is too long", e);
        } catch (JsonProcessingException e) {
            throw refused(GoSyntax.complaint(json), e);
        }
    }

    private static void refuseMore(JsonParser parser) throws IOException {
        boolean more;
        try {
            more = parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            more = true;
        }
        if (more) {
            throw ErrorCode.INVALID_PARAMETER.with("unexpected content after JSON");
        }
    }

    private static GantryException refused(String why, Exception cause) {
        return ErrorCode.INVALID_JSON.with(why).causedBy(cause);
    }
}
