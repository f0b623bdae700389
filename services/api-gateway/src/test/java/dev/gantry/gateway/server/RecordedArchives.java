package dev.gantry.gateway.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.rpc.ChangedPaths;
import dev.gantry.contracts.rpc.PathStat;
import dev.gantry.gateway.testing.Engine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Gives the fake agent the files that the engine of a recording had. Of tars only the entries were recorded, so what is in them is ours. */
final class RecordedArchives {
    static final String STAT = "x-docker-container-path-stat";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BASE64_OF = "(base64 of) ";

    private RecordedArchives() {}

    /** @param failure what the agent says where the engine answered with an error */
    static void layReady(Engine engine, Exchange exchange, GantryException failure) {
        engine.services.locate(RecordedExecs.location("c1", false));
        engine.agent.refusal = exchange.status() >= 400 ? Optional.of(failure) : Optional.empty();
        engine.agent.archive = ByteString.copyFromUtf8("a tar");
        exchange.responseHeaders().forEach((name, value) -> {
            if (name.equalsIgnoreCase(STAT)) {
                engine.agent.stat = stat(document(value));
            }
        });
        if (exchange.path().endsWith("/changes")) {
            engine.agent.changes = changes(exchange.response().json());
        }
    }

    private static PathStat stat(JsonNode json) {
        var modified = Instant.parse(json.path("mtime").asText());
        return PathStat.newBuilder()
                .setName(json.path("name").asText())
                .setSize(json.path("size").asLong())
                .setMode((int) json.path("mode").asLong())
                .setModified(Duration.between(Instant.EPOCH, modified).toNanos())
                .setLinkTarget(json.path("linkTarget").asText())
                .build();
    }

    private static ChangedPaths changes(JsonNode list) {
        var changes = ChangedPaths.newBuilder();
        list.forEach(one -> changes.addPathsBuilder()
                .setPath(ByteString.copyFromUtf8(one.path("Path").asText()))
                .setKind(one.path("Kind").asInt()));
        return changes.build();
    }

    /** The JSON in a header, as it was recorded or as it is sent. */
    static JsonNode document(String header) {
        var recorded = header.indexOf(BASE64_OF);
        try {
            return MAPPER.readTree(
                    recorded < 0
                            ? new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8)
                            : header.substring(recorded + BASE64_OF.length()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(header, e);
        }
    }
}
