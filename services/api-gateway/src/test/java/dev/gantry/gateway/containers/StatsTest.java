package dev.gantry.gateway.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import dev.gantry.contracts.rpc.UsageSample;
import dev.gantry.gateway.testing.Engine;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The recorded samples, from what an agent would have told for them. */
final class StatsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RAW = 269;

    @AutoClose
    private final Engine engine = Engine.start();

    private static Exchange recorded(String target) {
        return Recording.numbered(RAW).exchanges().stream()
                .filter(exchange -> exchange.target().endsWith(target))
                .findFirst()
                .orElseThrow();
    }

    private void locate(JsonNode document, String state) {
        engine.services.locate(engine.services.location().toBuilder()
                .setId(document.path("id").asText())
                .setName(document.path("name").asText().replace("/", ""))
                .setState(state)
                .build());
    }

    private static UsageSample sample(JsonNode document, JsonNode cpu, String read) {
        var at = Instant.parse(document.path(read).asText());
        var usage = cpu.path("cpu_usage");
        var memory = document.path("memory_stats");
        var sample = UsageSample.newBuilder()
                .setAt(Duration.between(Instant.EPOCH, at).toNanos())
                .setCpu(usage.path("total_usage").asLong())
                .setCpuUser(usage.path("usage_in_usermode").asLong())
                .setCpuSystem(usage.path("usage_in_kernelmode").asLong())
                .setHostCpu(cpu.path("system_cpu_usage").asLong())
                .setCpus(cpu.path("online_cpus").asInt())
                .setMemory(memory.path("usage").asLong())
                .setMemoryMax(memory.path("max_usage").asLong())
                .setMemoryLimit(memory.path("limit").asLong())
                .setPids(document.path("pids_stats").path("current").asLong());
        usage.path("percpu_usage").forEach(one -> sample.addPerCpu(one.asLong()));
        memory.path("stats")
                .properties()
                .forEach(one ->
                        sample.putMemoryDetail(one.getKey(), one.getValue().asLong()));
        var eth0 = document.path("networks").path("eth0");
        sample.addInterfacesBuilder()
                .setName("eth0")
                .setRxBytes(eth0.path("rx_bytes").asLong())
                .setRxPackets(eth0.path("rx_packets").asLong())
                .setTxBytes(eth0.path("tx_bytes").asLong())
                .setTxPackets(eth0.path("tx_packets").asLong());
        return sample.build();
    }

    @Test
    void aSampleIsMeasuredAgainstTheOneBeforeIt() throws Exception {
        var recorded = recorded("/containers/c1/stats?stream=0");
        var document = recorded.response().json();
        locate(document, "running");
        engine.agent.samples.add(sample(document, document.path("precpu_stats"), "preread"));
        engine.agent.samples.add(sample(document, document.path("cpu_stats"), "read"));
        try (var client = engine.client()) {
            var answer = client.get(recorded.target());
            assertThat(JSON.readTree(answer.body())).isEqualTo(document);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    void aSampleAtOnceHasNoneBeforeItAndNoName() throws Exception {
        var recorded = recorded("stats?stream=0&one-shot=1");
        var document = recorded.response().json();
        engine.agent.samples.add(sample(document, document.path("cpu_stats"), "read"));
        try (var client = engine.client()) {
            assertThat(JSON.readTree(client.get(recorded.target()).body())).isEqualTo(document);
        }
    }

    @Test
    void aContainerThatDoesNotRunUsesNothing() throws Exception {
        var recorded = recorded("/containers/c2/stats?stream=0");
        var document = recorded.response().json();
        locate(document, "created");
        try (var client = engine.client()) {
            assertThat(JSON.readTree(client.get(recorded.target()).body())).isEqualTo(document);
        }
    }

    @Test
    void aStreamBeginsAtOnceWithoutATypeAndEndsWithTheClient() throws Exception {
        var recorded = recorded("/containers/c1/stats");
        var document = recorded.response().json().get(0);
        locate(document, "running");
        engine.agent.samples.add(sample(document, document.path("cpu_stats"), "read"));
        try (var client = engine.client()) {
            var head = client.request("GET", recorded.target()).head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).doesNotContainKey("content-type");
            assertThat(JSON.readTree(client.chunk())).isEqualTo(document);
        }
    }
}
