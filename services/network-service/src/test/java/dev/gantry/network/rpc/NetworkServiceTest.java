package dev.gantry.network.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

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
import dev.gantry.contracts.rpc.PortPlan;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.events.kafka.KafkaAccess;
import dev.gantry.service.rpc.Peers;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
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

    @Inject
    @DataSource("network")
    AgroalDataSource database;

    private NetworksGrpc.NetworksBlockingStub networks(Role caller) {
        return NetworksGrpc.newBlockingStub(peers.channel(caller, Role.NETWORK))
                .withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private NetworkJoined join(String container, String mode) {
        return join(container, mode, "");
    }

    private NetworkJoined join(String container, String mode, String ports) {
        return networks(Role.SCHEDULER)
                .join(JoinNetwork.newBuilder()
                        .setContainer(container)
                        .setName("c-" + container)
                        .setNode("n1")
                        .setMode(mode)
                        .setPorts(ByteString.copyFromUtf8(ports))
                        .addExposed("9/tcp")
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
    void theDefaultBridgeGivesAddressesAndPortsAndTakesThemBack() {
        var ports =
                "{\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"18080\"}],\"53/udp\":[{\"HostIp\":\"127.0.0.1\"}]}}";
        var joined = join("a2", "bridge", ports);
        var plan = joined.getPlan();
        assertThat(plan.getMode()).isEqualTo(NetworkPlan.Mode.BRIDGED);
        var endpoint = plan.getEndpoints(0);
        assertThat(endpoint.getAddress()).endsWith(".0.2/16");
        assertThat(endpoint.getBridge().getAddress()).endsWith(".0.1/16");
        assertThat(endpoint.getBridge().getName()).hasSizeBetween(2, 15);
        assertThat(endpoint.getId()).hasSize(64);
        assertThat(plan.getPortsList())
                .extracting(PortPlan::getProtocol, PortPlan::getHostAddress, PortPlan::getContainerPort)
                .containsExactly(tuple("udp", "127.0.0.1", 53), tuple("tcp", "", 80));
        assertThat(join("a2", "bridge", ports)).isEqualTo(joined);

        var settings = DockerJson.parse(joined.getSettings().toByteArray());
        assertThat(settings.path("Ports").path("80/tcp"))
                .hasToString(
                        "[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"18080\"},{\"HostIp\":\"::\",\"HostPort\":\"18080\"}]");
        assertThat(settings.path("Ports").path("9/tcp").isNull()).isTrue();
        assertThat(settings.path("IPAddress").asText()).endsWith(".0.2");
        assertThat(settings.path("Networks").path("bridge").path("EndpointID").asText())
                .isEqualTo(endpoint.getId());
        var member = inspect("bridge").path("Containers").path("a2");
        assertThat(member.path("IPv4Address").asText()).isEqualTo(endpoint.getAddress());
        assertThat(member.path("MacAddress").asText()).startsWith("02:42:");

        assertThatThrownBy(() -> join(
                        "a4",
                        "default",
                        "{\"PortBindings\":{\"81\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"18080\"}]}}"))
                .hasMessageContaining("programming external connectivity on endpoint c-a4 (")
                .hasMessageContaining("): Bind for 127.0.0.1:18080 failed: port is already allocated");
        assertThat(leave("a4")).isFalse();
        assertThat(leave("a2")).isTrue();
        assertThat(join("a4", "", ports).getPlan().getEndpoints(0).getAddress()).isEqualTo(endpoint.getAddress());
        assertThat(leave("a4")).isTrue();
    }

    @Test
    void anotherNetworkIsNotThere() {
        assertThatThrownBy(() -> join("a3", "mine"))
                .hasMessageContaining("failed to set up container networking: network mine not found");
    }

    @Test
    void anothersNamespaceHasNoEndpoint() {
        var joined = join("a5", "container:a1");
        assertThat(joined.getPlan().getMode()).isEqualTo(NetworkPlan.Mode.SHARED);
        assertThat(joined.getPlan().getContainer()).isEqualTo("a1");
        assertThat(leave("a5")).isFalse();
    }

    /** What is in memory may be behind the database: then it is read again, and nothing is given twice. */
    @Test
    void anotherWriterIsNoticed() throws SQLException {
        var first = join("d1", "bridge");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("update endpoint set container_id = 'd2' where container_id = 'd1'");
            statement.execute("update network set version = version + 1 where name = 'bridge'");
        }
        var again = join("d3", "bridge");
        assertThat(again.getPlan().getEndpoints(0).getAddress())
                .isNotEqualTo(first.getPlan().getEndpoints(0).getAddress());
        assertThat(inspect("bridge").path("Containers").has("d2")).isTrue();
        assertThat(leave("d1")).isFalse();
        assertThat(leave("d2")).isTrue();
        assertThat(leave("d3")).isTrue();
    }

    @Test
    void manyWhoComeAtOnceGetAnAddressAndAPortEach() {
        var ports = "{\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"\"}]}}";
        var plans = IntStream.range(0, 30)
                .parallel()
                .mapToObj(i -> join("e" + i, "bridge", ports).getPlan())
                .toList();
        assertThat(plans).extracting(plan -> plan.getEndpoints(0).getAddress()).doesNotHaveDuplicates();
        assertThat(plans).extracting(plan -> plan.getPorts(0).getHostPort()).doesNotHaveDuplicates();
        IntStream.range(0, 30).parallel().forEach(i -> leave("e" + i));
        assertThat(inspect("bridge").path("Containers").has("e0")).isFalse();
    }

    @Test
    void listsThePredefinedNetworksInDockersShape() {
        var all = list("");
        assertThat(all)
                .extracting(network -> network.path("Name").asText())
                .containsExactlyInAnyOrder("none", "host", "bridge");
        assertThat(list("{\"driver\":[\"host\"]}")).hasSize(1);
        assertThat(list("{\"type\":[\"custom\"]}")).isEmpty();
        assertThatThrownBy(() -> list("{\"bogus\":[\"1\"]}")).hasMessageContaining("invalid filter 'bogus'");
        var none = inspect(inspect("none").path("Id").asText().substring(0, 12));
        assertThat(none.path("Driver").asText()).isEqualTo("null");
        assertThat(none.path("IPAM").path("Config").isNull()).isTrue();
        var bridge = inspect("bridge");
        assertThat(bridge.path("IPAM").path("Config").path(0).path("Gateway").asText())
                .endsWith(".0.1");
        assertThat(bridge.path("Options")
                        .path("com.docker.network.bridge.default_bridge")
                        .asText())
                .isEqualTo("true");
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
