package dev.gantry.gateway.shim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.gantry.contracts.api.ApiVersion;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same objects asked with six versions of the API: each older answer is the newest one, shimmed. */
final class ShimsTest {
    private static final Recording SHAPES = Recording.numbered(272);

    static Stream<Exchange> olderImageLists() {
        return older("/images/json");
    }

    static Stream<Exchange> olderImages() {
        return older("/images/busybox/json");
    }

    static Stream<Exchange> olderContainers() {
        return older("/containers/c1/json");
    }

    static Stream<Exchange> olderInfos() {
        return older("/info");
    }

    private static Stream<Exchange> older(String path) {
        return SHAPES.exchanges("GET", path)
                .filter(exchange -> !exchange.version().equals("1.51"));
    }

    @ParameterizedTest
    @MethodSource("olderImageLists")
    void imageLists(Exchange older) {
        assertThat(byId(shimmed(older, ImageShims::list)))
                .isEqualTo(byId(older.response().json()));
    }

    /** Images of the same second come in any order. */
    private static Map<String, JsonNode> byId(JsonNode list) {
        var images = new TreeMap<String, JsonNode>();
        list.forEach(image -> images.put(image.path("Id").asText(), image));
        return images;
    }

    @ParameterizedTest
    @MethodSource("olderImages")
    void images(Exchange older) {
        assertThat(shimmed(older, ImageShims::inspect))
                .isEqualTo(older.response().json());
    }

    @ParameterizedTest
    @MethodSource("olderContainers")
    void containers(Exchange older) {
        assertThat(shimmed(older, ContainerShims::inspect))
                .isEqualTo(older.response().json());
    }

    @ParameterizedTest
    @MethodSource("olderInfos")
    void infos(Exchange older) {
        var ours = shimmed(older, InfoShims::info);
        var theirs = older.response().json();
        for (var field : new String[] {"BridgeNfIptables", "BridgeNfIp6tables", "SecurityOptions", "Name", "Driver"}) {
            assertThat(ours.path(field)).as(field).isEqualTo(theirs.path(field));
        }
    }

    private static JsonNode shimmed(Exchange older, BiFunction<ApiVersion, ByteString, ByteString> shim) {
        var newest = SHAPES.exchanges("GET", older.path()).findFirst().orElseThrow();
        var document = ByteString.copyFrom(DockerJson.write(newest.response().json()));
        var shimmed = shim.apply(ApiVersion.requested(older.version()), document);
        return DockerJson.parse(shimmed.toByteArray());
    }
}
