package dev.gantry.network.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.contracts.rpc.JoinNetwork;
import dev.gantry.contracts.rpc.LeaveNetwork;
import dev.gantry.contracts.rpc.ListNetworks;
import dev.gantry.contracts.rpc.NetworkJoined;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.NetworkQuery;
import dev.gantry.contracts.rpc.NetworksGrpc;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.events.kafka.KafkaAccess;
import dev.gantry.service.rpc.Peers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** The whole service on real PostgreSQL and Kafka. */
@QuarkusTest
@QuarkusTestResource(NetworkPlatform.class)
class NetworkServiceTest {
    @Inject
    Peers peers;

    @Inject
    Config config;

    private NetworksGrpc.NetworksBlockingStub networks(Role caller) {
        return NetworksGrpc.newBlockingStub(peers.channel(caller, Role.NETWORK))
                .withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private NetworkJoined join(String container, String mode) {
        return networks(Role.SCHEDULER)
                .join(JoinNetwork.newBuilder()
                        .setContainer(container)
                        .setName("c-" + container)
                        .setNode("n1")
                        .setMode(mode)
                        .build());
    }

    private boolean leave(String container) {
        return networks(Role.SCHEDULER)
                .leave(LeaveNetwork.newBuilder().setContainer(container).build())
                .getChanged();
    }

    private JsonNode inspect(String reference) {
        return DockerJson.parse(networks(Role.GATEWAY)
                .inspect(NetworkQuery.newBuilder().setReference(reference).build())
                .getJson()
                .toByteArray());
    }

    private JsonNode list(String filters) {
        return DockerJson.parse(networks(Role.GATEWAY)
                .list(ListNetworks.newBuilder()
                        .setFilters(ByteString.copyFrom(filters, StandardCharsets.UTF_8))
                        .build())
                .getJson()
                .toByteArray());
    }

    @Test
    void joiningAndLeavingTwiceIsAsOnce() {
        var first = join("a1", "none");
        assertThat(first.getPlan().getMode()).isEqualTo(NetworkPlan.Mode.NONE);
        assertThat(join("a1", "none").getSettings()).isEqualTo(first.getSettings());
        assertThat(inspect("none").path("Containers").path("a1").path("Name").asText())
                .isEqualTo("c-a1");
        assertThat(leave("a1")).isTrue();
        assertThat(leave("a1")).isFalse();
        assertThat(inspect("none").path("Containers").has("a1")).isFalse();
    }

    @Test
    void theDefaultBridgeIsALoopbackForNow() {
        var joined = join("a2", "bridge");
        assertThat(joined.getPlan().getMode()).isEqualTo(NetworkPlan.Mode.NONE);
        assertThat(leave("a2")).isFalse();
    }

    @Test
    void anotherNetworkIsNotBuilt() {
        assertThatThrownBy(() -> join("a3", "mine")).hasMessageContaining("NetworkMode mine is not supported yet");
    }

    @Test
    void listsThePredefinedNetworksInDockersShape() {
        var all = list("");
        assertThat(all).extracting(network -> network.path("Name").asText()).containsExactlyInAnyOrder("none", "host");
        assertThat(list("{\"driver\":[\"host\"]}")).hasSize(1);
        assertThat(list("{\"type\":[\"custom\"]}")).isEmpty();
        assertThatThrownBy(() -> list("{\"bogus\":[\"1\"]}")).hasMessageContaining("invalid filter 'bogus'");
        var none = inspect(inspect("none").path("Id").asText().substring(0, 12));
        assertThat(none.path("Driver").asText()).isEqualTo("null");
        assertThat(none.path("IPAM").path("Config").isNull()).isTrue();
        assertThatThrownBy(() -> inspect("nosuch")).hasMessageContaining("network nosuch not found");
    }

    @Test
    void manyAtOnceAreToldInOrderOfTheirVersions() {
        IntStream.range(0, 40).parallel().forEach(i -> {
            join("b" + i, "host");
            leave("b" + i);
        });
        var id = inspect("host").path("Id").asText();
        var versions = new ArrayList<Long>();
        var actions = new ArrayList<String>();
        try (var consumer = KafkaAccess.of(config, "gateway").consumer("test")) {
            var partition = new TopicPartition(ObjectKind.NETWORK.eventsTopic(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await(() -> {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key().equals(id)) {
                        var event = CloudEvent.fromJson(record.value());
                        versions.add(event.objectversion());
                        actions.add(event.data().action());
                    }
                }
                return versions.size() >= 80;
            });
        }
        assertThat(versions).isSorted().doesNotHaveDuplicates().hasSize(80);
        assertThat(actions.stream().filter("connect"::equals)).hasSize(40);
    }

    @Test
    void endpointsOfContainersThatAreGoneAreSwept() throws ExecutionException, InterruptedException {
        join("c1", "none");
        try (var producer = KafkaAccess.of(config, "scheduler").producer("test")) {
            var _ = producer.send(new ProducerRecord<>(ObjectKind.CONTAINER.stateTopic(), "c1", null))
                    .get();
        }
        await(() -> !inspect("none").path("Containers").has("c1"));
    }

    private static void await(BooleanSupplier condition) {
        var deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            LockSupport.parkNanos(5_000_000); // between two looks
        }
    }
}
