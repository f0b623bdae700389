package dev.gantry.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.kafka.KafkaAccess;
import dev.gantry.gateway.testing.Engine;
import dev.gantry.platform.testing.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class EventLogAwayTest {
    @Test
    void historyIsRefusedClearlyAndLiveStreamsGoOnWhenTheLogIsBack() throws Exception {
        try (var platform = TestPlatform.start(TestPlatform.Part.KAFKA);
                var engine = new Engine(new EventTail(access(platform, "gateway")::consumer).start());
                var live = engine.client()) {
            assertThat(live.request("GET", "/v1.51/events").head().status()).isEqualTo(200);
            platform.stopKafka();
            try (var client = engine.client();
                    var other = engine.client()) {
                var answer = client.get("/v1.51/events?since=1");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body()).contains("the event log is not reachable");
                assertThat(other.request("GET", "/v1.51/events").head().status())
                        .isEqualTo(200);
                platform.startKafka();
                say(platform);
                assertThat(live.chunk()).contains("after the return");
                assertThat(other.chunk()).contains("after the return");
            }
        }
    }

    private static KafkaAccess access(TestPlatform platform, String service) {
        return KafkaAccess.mutualTls("127.0.0.1:" + platform.port("kafka"), platform.tls(service));
    }

    private static void say(TestPlatform platform) throws Exception {
        var event = CloudEvent.of(
                "scheduler", ObjectKind.CONTAINER, "die", "c1", Map.of("name", "after the return"), 1, Events.now());
        try (var producer = access(platform, "scheduler").producer("test")) {
            producer.send(new ProducerRecord<>(
                            ObjectKind.CONTAINER.eventsTopic(),
                            "c1",
                            new String(event.toJson(), StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
