package dev.gantry.contracts.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.docker.container.ContainerCreated;
import dev.gantry.contracts.docker.container.ContainerInspect;
import dev.gantry.contracts.docker.container.ContainerStats;
import dev.gantry.contracts.docker.container.ContainerSummary;
import dev.gantry.contracts.docker.container.ContainerTop;
import dev.gantry.contracts.docker.container.ContainerUpdated;
import dev.gantry.contracts.docker.container.ContainerWaited;
import dev.gantry.contracts.docker.container.ContainersPruned;
import dev.gantry.contracts.docker.container.ExecConfig;
import dev.gantry.contracts.docker.container.ExecInspect;
import dev.gantry.contracts.docker.image.HistoryEntry;
import dev.gantry.contracts.docker.image.ImageDeleted;
import dev.gantry.contracts.docker.image.ImageInspect;
import dev.gantry.contracts.docker.image.ImageSummary;
import dev.gantry.contracts.docker.image.ImagesPruned;
import dev.gantry.contracts.docker.network.NetworkInspect;
import dev.gantry.contracts.docker.system.EventMessage;
import dev.gantry.contracts.docker.system.SystemInfo;
import dev.gantry.contracts.docker.system.SystemVersion;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every recorded body of an object that is built, read into its record and written again, is what was recorded. */
class RecordedDocumentsTest {
    /** Where a document travels, and the record that is it. */
    private record Place(String method, String path, boolean request, Class<?> type) {
        boolean matches(Exchange exchange) {
            return exchange.method().equals(method) && exchange.path().matches(path);
        }

        Exchange.Body body(Exchange exchange) {
            return request ? exchange.request() : exchange.response();
        }
    }

    private static final List<Place> PLACES = List.of(
            new Place("POST", "/containers/create", true, ContainerCreateBody.class),
            new Place("POST", "/containers/create", false, ContainerCreated.class),
            new Place("GET", "/containers/json", false, ContainerSummary.class),
            new Place("GET", "/containers/[^/]+/json", false, ContainerInspect.class),
            new Place("GET", "/containers/[^/]+/top", false, ContainerTop.class),
            new Place("GET", "/containers/[^/]+/stats", false, ContainerStats.class),
            new Place("POST", "/containers/[^/]+/update", false, ContainerUpdated.class),
            new Place("POST", "/containers/[^/]+/wait", false, ContainerWaited.class),
            new Place("POST", "/containers/[^/]+/exec", true, ExecConfig.class),
            new Place("GET", "/exec/[^/]+/json", false, ExecInspect.class),
            new Place("POST", "/containers/prune", false, ContainersPruned.class),
            new Place("GET", "/images/json", false, ImageSummary.class),
            new Place("GET", "/images/.+/json", false, ImageInspect.class),
            new Place("GET", "/images/.+/history", false, HistoryEntry.class),
            new Place("DELETE", "/images/.+", false, ImageDeleted.class),
            new Place("POST", "/images/prune", false, ImagesPruned.class),
            new Place("GET", "/networks(/[^/]+)?", false, NetworkInspect.class),
            new Place("GET", "/info", false, SystemInfo.class),
            new Place("GET", "/version", false, SystemVersion.class),
            new Place("GET", "/events", false, EventMessage.class));

    @Test
    void everyRecordedDocumentSurvivesTheRoundTrip() {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (Recording recording : Recording.all()) {
            for (Exchange exchange : recording.exchanges()) {
                for (Place place : PLACES) {
                    Exchange.Body body = place.body(exchange);
                    if (place.matches(exchange) && isDocument(exchange, body)) {
                        compared += compare(recording, exchange, place, body.json(), differences);
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(500);
    }

    private static boolean isDocument(Exchange exchange, Exchange.Body body) {
        boolean accepted = exchange.status() < 300;
        boolean json = body.isJson() || body.kind().equals("json-stream");
        boolean whole = body.json().isObject() || body.json().isArray();
        return accepted && json && whole;
    }

    private static int compare(
            Recording recording, Exchange exchange, Place place, JsonNode recorded, List<String> differences) {
        Iterable<JsonNode> documents = recorded.isArray() ? recorded : List.of(recorded);
        int compared = 0;
        for (JsonNode document : documents) {
            if (document.isObject() && !RecordedExceptions.leftOut(document, place.request())) {
                JsonNode expected = RecordedExceptions.explained(document, place.type());
                JsonNode again = DockerJson.tree(DockerJson.from(document, place.type()));
                compared++;
                Differences.first(expected, again)
                        .ifPresent(difference -> differences.add(recording.name() + " " + exchange.number() + " "
                                + place.type().getSimpleName() + ": " + difference));
            }
        }
        return compared;
    }

    /** Finds where two documents differ. */
    static final class Differences {
        private Differences() {}

        static Optional<String> first(JsonNode expected, JsonNode actual) {
            JsonNode left = DockerJson.parse(DockerJson.write(expected));
            JsonNode right = DockerJson.parse(DockerJson.write(actual));
            return first("", left, right);
        }

        private static Optional<String> first(String path, JsonNode expected, JsonNode actual) {
            if (expected.isObject() && actual.isObject()) {
                List<String> names = new ArrayList<>();
                expected.fieldNames().forEachRemaining(names::add);
                actual.fieldNames().forEachRemaining(names::add);
                return names.stream()
                        .flatMap(name -> first(path + "." + name, expected.path(name), actual.path(name)).stream())
                        .findFirst();
            }
            return expected.equals(actual)
                    ? Optional.empty()
                    : Optional.of(path + " recorded " + expected + " but written " + actual);
        }
    }
}
