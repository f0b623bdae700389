package dev.gantry.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.gateway.testing.Engine;
import dev.gantry.gateway.testing.FakeServices;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EngineBasicsTest {
    private Engine engine;

    @BeforeAll
    void start() throws Exception {
        engine = new Engine();
    }

    @AfterAll
    void stop() throws Exception {
        engine.close();
    }

    @Test
    void theSocketIsOpenToItsGroupAndToNobodyElse() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(engine.socket)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void aPingIsAnsweredAloneByTheGateway() throws Exception {
        try (var client = engine.client()) {
            var pong = client.get("/_ping");
            assertThat(pong.status()).isEqualTo(200);
            assertThat(pong.body()).isEqualTo("OK");
            assertThat(pong.header("Api-Version")).isEqualTo("1.51");
        }
    }

    @Test
    void manyRequestsFollowEachOtherOnOneConnection() throws Exception {
        try (var client = engine.client()) {
            for (var i = 0; i < 50; i++) {
                assertThat(client.get("/version").status()).isEqualTo(200);
                assertThat(client.get("/nosuch").status()).isEqualTo(404);
            }
        }
    }

    @Test
    void aWaitsHeadComesBeforeItsAnswer() throws Exception {
        engine.services.forget().answer(7);
        var exit = new java.util.concurrent.CompletableFuture<Void>();
        engine.services.exit = exit;
        try (var client = engine.client()) {
            var head = client.request("POST", "/v1.51/containers/c1/wait?condition=next-exit", "Content-Length: 0")
                    .head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
            exit.complete(null);
            assertThat(client.chunk()).isEqualTo("{\"StatusCode\":7}\n");
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void aServiceThatIsAwayIsNamed() throws Exception {
        try (var other = new Engine()) {
            other.killServices();
            try (var client = other.client()) {
                var answer = client.get("/v1.51/containers/json");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body()).contains("scheduler-service is not reachable");
            }
        }
    }

    @Test
    void aListIsPassedOn() throws Exception {
        engine.services.forget().answer(FakeServices.document("[]"));
        try (var client = engine.client()) {
            assertThat(client.get("/v1.51/containers/json?all=bogus").body()).isEqualTo("[]\n");
        }
    }
}
