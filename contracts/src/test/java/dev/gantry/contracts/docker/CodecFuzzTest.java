package dev.gantry.contracts.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Real create bodies, damaged at random: the codec decodes or refuses with a catalogued 400, and never anything else. */
class CodecFuzzTest {
    private static final long SEED = 8_675_309;
    private static final int ROUNDS = 4_000;
    private static final Set<ErrorCode> REFUSALS = Set.of(ErrorCode.INVALID_JSON, ErrorCode.INVALID_PARAMETER);

    private final Random random = new Random(SEED);
    private final List<JsonNode> bodies = Recording.all().stream()
            .flatMap(recording -> recording.exchanges("POST", "/containers/create"))
            .map(Exchange::request)
            .filter(body ->
                    body.isJson() && body.json().isObject() && !body.json().isEmpty())
            .map(Exchange.Body::json)
            .toList();

    @Test
    void damagedBytesAreDecodedOrRefused() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = DockerJson.write(any(bodies));
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            decodeOrRefuse(random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
        }
    }

    @Test
    void valuesOfOtherTypesAreDecodedOrRefused() {
        for (int i = 0; i < ROUNDS; i++) {
            ObjectNode body = any(bodies).deepCopy();
            replace(body);
            decodeOrRefuse(DockerJson.write(body));
        }
    }

    private void decodeOrRefuse(byte[] json) {
        try {
            ContainerCreateBody body = DockerJson.read(json, ContainerCreateBody.class);
            byte[] again = DockerJson.write(body);
            assertThat(DockerJson.read(again, ContainerCreateBody.class)).isEqualTo(body);
        } catch (GantryException refused) {
            assertThat(REFUSALS).as("seed %d", SEED).contains(refused.code());
            assertThat(refused.getMessage()).as("seed %d", SEED).isNotBlank();
        }
    }

    /** Puts something else at a random place. */
    private void replace(ObjectNode body) {
        List<Runnable> places = new ArrayList<>();
        places(body, places);
        any(places).run();
    }

    private void places(JsonNode node, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                places.add(() -> object.set(field.getKey(), something(0)));
                places(field.getValue(), places);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, something(0)));
                places(array.get(i), places);
            }
        }
    }

    private JsonNode something(int depth) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 3 ? 6 : 8)) {
            case 0 -> make.nullNode();
            case 1 -> make.booleanNode(random.nextBoolean());
            case 2 -> make.numberNode(random.nextLong());
            case 3 -> make.numberNode(random.nextDouble());
            case 4 -> make.textNode(any(List.of("", "x", "a\u0000b", "-1", "\uD83D\uDE00", "2026-01-01T00:00:00Z")));
            case 5 -> make.numberNode(BigInteger.TEN.pow(random.nextInt(40)));
            case 6 -> make.arrayNode().add(something(depth + 1)).add(something(depth + 1));
            default -> make.objectNode().set(any(List.of("Name", "Type", "x", "80/tcp")), something(depth + 1));
        };
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
