package dev.gantry.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.gateway.testing.Engine;
import dev.gantry.gateway.testing.UnixClient;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever a client sends, the engine answers with an error or closes, and goes on serving others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileInputTest {
    private Engine engine;

    @BeforeAll
    void start() throws Exception {
        engine = new Engine();
    }

    @AfterAll
    void stop() throws Exception {
        engine.close();
    }

    private UnixClient.Response answer(String request) throws IOException {
        try (var client = engine.client()) {
            return client.send(request).response(false);
        }
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: d\r\n\r\n";
    }

    @Test
    void nulBytesAreRefused() throws IOException {
        assertThat(answer(get("/v1.51/containers/a%00b/json")).status()).isEqualTo(400);
        assertThat(answer(get("/v1.51/containers/json?filters=%00")).status()).isEqualTo(400);
        var body = "{\"Image\":\"a\\u0000b\"}";
        assertThat(answer(
                                "POST /v1.51/containers/create HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: "
                                        + body.length() + "\r\n\r\n" + body)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void brokenEscapesAreRefused() throws IOException {
        var answer = answer(get("/v1.51/containers/json?all=%zz"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid URL escape \\\"%zz\\\"");
        assertThat(answer(get("/v1.51/containers/a%2/json")).status()).isEqualTo(400);
    }

    @Test
    void anEndlessLineOrHeadIsRefused() throws IOException {
        assertThat(answer(get("/" + "a".repeat(100_000))).status()).isEqualTo(414);
        var header = "GET /_ping HTTP/1.1\r\nHost: d\r\nX: " + "a".repeat(100_000) + "\r\n\r\n";
        assertThat(answer(header).status()).isEqualTo(431);
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() throws IOException {
        try (var client = engine.client()) {
            client.request(
                    "POST", "/v1.51/containers/create", "Content-Type: application/json", "Content-Length: 6000000");
            client.send(new byte[6_000_000]);
            var answer = client.response(false);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("request body is larger than 4194304 bytes");
        }
    }

    @Test
    void aRequestWithTwoLengthsIsNotTakenForTwo() throws IOException {
        var smuggled =
                "POST /v1.51/containers/create HTTP/1.1\r\nHost: d\r\nContent-Length: 4\r\nContent-Length: 40\r\n\r\nGET ";
        assertThat(answer(smuggled).status()).isEqualTo(400);
    }

    @Test
    void deepJsonIsRefused() throws IOException {
        var body = "{\"Labels\":".repeat(5000);
        assertThat(answer(
                                "POST /v1.51/containers/create HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: "
                                        + body.length() + "\r\n\r\n" + body)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void noAnswerCarriesAStackTrace() throws IOException {
        engine.services.forget().answer("not a message of this type").answer("x");
        var answer = answer("POST /v1.51/containers/c1/kill HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\n\r\n");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("\tat ").doesNotContain("Exception:");
    }

    @Test
    void junkLeavesTheEngineServing() throws Exception {
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (var i = 0; i < 100; i++) {
            try (var client = engine.client()) {
                var junk = new byte[random.nextInt(2000)];
                random.nextBytes(junk);
                client.send(i % 2 == 0 ? "POST /v1.51/containers/create?" : "").send(junk);
            } catch (IOException closed) {
                assertThat(closed).isNotNull();
            }
        }
        assertThat(answer(get("/_ping")).status()).isEqualTo(200);
    }
}
