package dev.gantry.gateway.images;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gantry.gateway.testing.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImportTest {
    private Engine engine;
    private HttpServer images;

    @BeforeEach
    void start() throws Exception {
        engine = new Engine();
        images = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        images.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        images.start();
        engine.imageHttp(URI.create("http://127.0.0.1:" + images.getAddress().getPort()));
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        images.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void theBodyGoesToTheImageServiceAndItsProgressBack() throws Exception {
        var asked = new CompletableFuture<String>();
        images.createContext("/images/import", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.complete(exchange.getRequestURI().getRawQuery() + " " + body);
            answer(exchange, 200, "{\"status\":\"sha256:1\"}\r\n");
        });
        try (var client = engine.client()) {
            client.request(
                    "POST",
                    "/v1.50/images/create?changes=CMD+sh&changes=ENV+A%3D1&fromSrc=-&message=note&repo=i%3A1",
                    "Transfer-Encoding: chunked");
            client.send("4\r\ntar \r\n5\r\nbytes\r\n0\r\n\r\n");
            var response = client.response(false);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).isEqualTo("application/json");
            assertThat(response.body()).isEqualTo("{\"status\":\"sha256:1\"}\r\n");
            assertThat(client.get("/_ping").status()).isEqualTo(200);
        }
        assertThat(asked.get())
                .isEqualTo("reference=i%3A1&message=note&platform=&changes=CMD+sh&changes=ENV+A%3D1 tar bytes");
    }

    @Test
    void theServicesErrorIsTheClients() throws Exception {
        images.createContext("/images/import", exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, 500, "{\"message\":\"unexpected EOF\"}");
        });
        try (var client = engine.client()) {
            var response =
                    client.post("/v1.50/images/create?fromSrc=-&repo=i", "junk").response(false);
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body()).isEqualTo("{\"message\":\"unexpected EOF\"}\n");
        }
    }

    @Test
    void aServiceThatDoesNotReadHoldsTheClient() throws Exception {
        var release = new CountDownLatch(1);
        images.createContext("/images/import", exchange -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.getRequestBody().readAllBytes();
            answer(exchange, 200, "{}");
        });
        try (var client = engine.client()) {
            client.request("POST", "/v1.50/images/create?fromSrc=-&repo=i", "Content-Length: 268435456");
            assertThat(client.sendUntilItStalls(new byte[64 << 10], 256L << 20)).isLessThan(64L << 20);
            release.countDown();
        }
    }

    @Test
    void aServiceThatIsAwayIsNamed() throws Exception {
        engine.imageHttp(URI.create("http://127.0.0.1:1"));
        try (var client = engine.client()) {
            var response =
                    client.post("/v1.50/images/create?fromSrc=-&repo=i", "tar").response(false);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).contains("image-service is not reachable");
        }
    }

    @Test
    void aPullSaysThatItIsNotBuiltAndWhatIs() throws Exception {
        try (var client = engine.client()) {
            var response = client.request(
                            "POST",
                            "/v1.50/images/create?fromImage=docker.io%2Flibrary%2Fnosuch&tag=latest",
                            "Content-Length: 0")
                    .response(false);
            assertThat(response.status()).isEqualTo(501);
            assertThat(response.body())
                    .contains("cannot pull nosuch:latest: pulling images from a registry is not supported yet")
                    .contains("docker import - nosuch:latest");
        }
    }

    @Test
    void aClientThatLeavesEndsTheImport() throws Exception {
        var over = new CompletableFuture<Void>();
        var begun = new CountDownLatch(1);
        images.createContext("/images/import", exchange -> {
            begun.countDown();
            try {
                exchange.getRequestBody().readAllBytes();
            } catch (IOException brokenOff) {
                over.complete(null);
            }
        });
        try (var client = engine.client()) {
            client.request("POST", "/v1.50/images/create?fromSrc=-&repo=i", "Content-Length: 100000");
            client.send(new byte[50_000]);
            assertThat(begun.await(5, SECONDS)).isTrue();
        }
        over.get(5, SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "'',x,''",
        "a,'',a",
        "a,1,a:1",
        "a:2,1,a:1",
        "h:5000/a,1,h:5000/a:1",
        "a,sha256:00,a@sha256:00",
    })
    void aTagParameterTakesTheTagsPlace(String repository, String tag, String reference) {
        assertThat(ImageSources.reference(repository, tag)).isEqualTo(reference);
    }
}
