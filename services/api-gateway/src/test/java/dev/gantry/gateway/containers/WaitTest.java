package dev.gantry.gateway.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.WaitContainer;
import dev.gantry.gateway.testing.Engine;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class WaitTest {
    @Test
    void aWaitOutlivesTheScheduler() throws Exception {
        try (var engine = new Engine();
                var client = engine.client()) {
            var exit = new CompletableFuture<Void>();
            engine.services.exit = exit;
            engine.services
                    .answer(0)
                    .answer(ErrorCode.SERVICE_AWAY.with("scheduler-service", "it died"))
                    .answer(9);
            client.request("POST", "/v1.51/containers/c1/wait?condition=next-exit", "Content-Length: 0")
                    .head();
            engine.services.exit = CompletableFuture.completedFuture(null);
            exit.completeExceptionally(new IllegalStateException("killed"));
            assertThat(client.chunk()).isEqualTo("{\"StatusCode\":9}\n");
            assertThat(engine.services.asked)
                    .filteredOn(WaitContainer.class::isInstance)
                    .map(question -> ((WaitContainer) question).getCondition())
                    .containsExactly("next-exit", "not-running", "not-running");
        }
    }
}
