package dev.gantry.gateway.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import dev.gantry.gateway.testing.Engine;
import dev.gantry.gateway.testing.FakeAgent.Session;
import dev.gantry.gateway.testing.UnixClient;
import dev.gantry.gateway.testing.UnixClient.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attached streams of real clients, with an agent behind ours that says what the engine's container said. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RecordedStreamsTest {
    private static final int[] RECORDINGS = {1, 3, 6, 7, 8, 53, 61, 81, 82, 83, 84, 87, 88, 89, 90, 91, 92, 93, 264};

    private Engine engine;

    @BeforeAll
    void start() throws Exception {
        engine = new Engine();
    }

    @AfterAll
    void stop() throws Exception {
        engine.close();
    }

    record Replayed(int recording, Exchange exchange) {
        boolean exec() {
            return exchange.path().startsWith("/exec/");
        }

        JsonNode said() {
            return exchange.hijacked().orElseThrow().engineToClient();
        }

        /** An empty stream of a terminal cannot be told from another, and need not be. */
        boolean terminal() {
            return said().path("kind").asText().equals("raw")
                    || exchange.request().json().path("Tty").asBoolean();
        }

        @Override
        public String toString() {
            return recording + "/" + exchange.number() + " " + exchange.target();
        }
    }

    static Stream<Replayed> streams() {
        return IntStream.of(RECORDINGS)
                .boxed()
                .flatMap(number ->
                        Recording.numbered(number).exchanges().stream().map(exchange -> new Replayed(number, exchange)))
                .filter(replayed -> replayed.exchange().hijacked().isPresent());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void isAnsweredAsRecorded(Replayed replayed) throws Exception {
        var exchange = replayed.exchange();
        var id = exchange.path().split("/", -1)[2];
        engine.services.locate(RecordedExecs.location(id, replayed.terminal()));
        engine.agent.refusal = Optional.empty();
        engine.agent.readyAtOnce = true;
        if (replayed.exec()) {
            engine.agent.exec(RecordedExecs.state(id, exchange));
        }
        try (var client = engine.client()) {
            ask(client, exchange);
            var session = engine.agent.sessions.poll(10, SECONDS);
            compareHeads(exchange, client.head());
            var input = exchange.hijacked().orElseThrow().clientToEngine();
            client.send(input.path("text").asText().getBytes(StandardCharsets.UTF_8))
                    .shutdownOutput();
            awaitInput(session, exchange, input.path("text").asText());
            session.write(bytes(replayed.said()));
            session.out.onCompleted();
            assertThat(client.readToEnd()).isEqualTo(bytes(replayed.said()).toStringUtf8());
        }
    }

    private static void ask(UnixClient client, Exchange exchange) throws IOException {
        var body = exchange.request().isEmpty() ? "" : exchange.request().json().toString();
        var headers = new ArrayList<String>();
        exchange.requestHeaders().forEach((name, value) -> {
            if (!name.equals("Content-Length")) {
                headers.add(name + ": " + value);
            }
        });
        headers.add("Content-Length: " + body.length());
        client.request("POST", exchange.target(), headers.toArray(String[]::new))
                .send(body);
    }

    private static void compareHeads(Exchange exchange, Response head) {
        assertThat(head.status()).isEqualTo(exchange.status());
        var ours = new TreeMap<>(head.headers());
        var theirs = new TreeMap<String, String>();
        exchange.responseHeaders().forEach((name, value) -> theirs.put(name.toLowerCase(Locale.ROOT), value));
        ours.remove("server");
        assertThat(ours).isEqualTo(theirs);
    }

    private static void awaitInput(Session session, Exchange exchange, String text) {
        var attached = exchange.path().startsWith("/exec/") || exchange.query().containsKey("stdin");
        if (attached) {
            UnixClient.await("stdin", () -> session.input().equals(text));
        }
    }

    private static ByteString bytes(JsonNode stream) {
        if (!stream.path("kind").asText().equals("multiplexed")) {
            return ByteString.copyFromUtf8(stream.path("text").asText());
        }
        var bytes = ByteString.empty();
        for (var frame : stream.path("frames")) {
            var entry = frame.properties().iterator().next();
            bytes = bytes.concat(frame(
                    entry.getKey().equals("stdout") ? 1 : 2,
                    ByteString.copyFromUtf8(entry.getValue().asText())));
        }
        return bytes;
    }

    private static ByteString frame(int stream, ByteString text) {
        var header = ByteBuffer.allocate(8).put(0, (byte) stream).putInt(4, text.size());
        return ByteString.copyFrom(header).concat(text);
    }
}
