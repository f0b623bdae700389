package dev.gantry.scheduler.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.contracts.rpc.ContainerQuery;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.CreateContainer;
import dev.gantry.contracts.rpc.ListContainers;
import dev.gantry.contracts.rpc.RemoveContainer;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.contracts.rpc.StartContainer;
import dev.gantry.contracts.rpc.WaitContainer;
import dev.gantry.contracts.rpc.WaitUpdate;
import dev.gantry.events.kafka.KafkaAccess;
import dev.gantry.service.rpc.Peers;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on real PostgreSQL and Kafka, with an agent that only pretends. */
@QuarkusTest
@QuarkusTestResource(SchedulerPlatform.class)
class SchedulerServiceTest {
    @Inject
    Peers peers;

    @Inject
    FakeAgent agent;

    @Inject
    Config config;

    @BeforeEach
    void connectTheAgent() throws InterruptedException {
        assertThat(agent.connect().poll(10, TimeUnit.SECONDS).hasWelcome()).isTrue();
    }

    @AfterEach
    void disconnectTheAgent() {
        agent.disconnect();
    }

    private ContainersGrpc.ContainersBlockingStub containers() {
        return ContainersGrpc.newBlockingStub(peers.channel(Role.GATEWAY, Role.SCHEDULER))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private String create(String name, String command, boolean autoRemove) {
        var body = "{\"Image\":\"busybox\",\"Cmd\":[\"" + command + "\"],\"HostConfig\":{\"NetworkMode\":\"none\","
                + "\"AutoRemove\":" + autoRemove + "}}";
        return containers()
                .create(CreateContainer.newBuilder()
                        .setName(name)
                        .setBody(ByteString.copyFrom(body, StandardCharsets.UTF_8))
                        .build())
                .getId();
    }

    private boolean start(String reference) {
        return containers()
                .start(StartContainer.newBuilder().setReference(reference).build())
                .getChanged();
    }

    private void remove(String reference) {
        var _ = containers()
                .remove(RemoveContainer.newBuilder()
                        .setReference(reference)
                        .setForce(true)
                        .build());
    }

    private JsonNode inspect(String reference) {
        return DockerJson.parse(containers()
                .inspect(ContainerQuery.newBuilder().setReference(reference).build())
                .getJson()
                .toByteArray());
    }

    @Test
    void createsStartsAndRemoves() {
        var id = create("c1", "sleep", false);
        assertThat(inspect("c1").path("State").path("Status").asText()).isEqualTo("created");
        assertThat(start("c1")).isTrue();
        assertThat(start(id.substring(0, 8))).isFalse();
        assertThat(inspect(id).path("State").path("Pid").asInt()).isEqualTo(42);
        remove("c1");
        assertThatThrownBy(() -> inspect("c1")).hasMessageContaining("No such container: c1");
    }

    @Test
    void waitAnswersARemovedContainerWithItsExitCode() {
        var id = create("c2", "true", true);
        var updates = containers()
                .wait(WaitContainer.newBuilder()
                        .setReference(id)
                        .setCondition("removed")
                        .build());
        assertThat(updates.next().getUpdateCase()).isEqualTo(WaitUpdate.UpdateCase.REGISTERED);
        start(id);
        assertThat(updates.next().getExited().getStatusCode()).isZero();
        assertThatThrownBy(() -> inspect(id)).hasMessageContaining("No such container");
    }

    @Test
    void aProgramThatIsMissingLeavesTheContainerCreated() {
        create("c3", "nosuchprogram", false);
        assertThatThrownBy(() -> start("c3"))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("executable file not found in $PATH");
        var state = inspect("c3").path("State");
        assertThat(state.path("Status").asText()).isEqualTo("created");
        assertThat(state.path("ExitCode").asInt()).isEqualTo(127);
        remove("c3");
    }

    @Test
    void anUnknownImageIsSaidInTheWordsTheClientPullsOn() {
        var body = ByteString.copyFrom("{\"Image\":\"nosuch\",\"Cmd\":[\"true\"]}", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> containers()
                        .create(CreateContainer.newBuilder().setBody(body).build()))
                .hasMessageContaining("No such image: nosuch:latest");
    }

    @Test
    void aTakenNameNamesItsHolder() {
        var id = create("c4", "sleep", false);
        assertThatThrownBy(() -> create("c4", "sleep", false))
                .hasMessageContaining("The container name \"/c4\" is already in use by container \"" + id + "\"");
        remove(id);
    }

    @Test
    void listsByFilter() {
        var id = create("c5", "sleep", false);
        var filters = ByteString.copyFrom("{\"name\":[\"c5\"],\"status\":[\"created\"]}", StandardCharsets.UTF_8);
        var list = DockerJson.parse(containers()
                .list(ListContainers.newBuilder().setFilters(filters).build())
                .getJson()
                .toByteArray());
        assertThat(list).hasSize(1);
        assertThat(list.get(0).path("Id").asText()).isEqualTo(id);
        assertThat(list.get(0).path("Status").asText()).isEqualTo("Created");
        remove(id);
    }

    @Test
    void theLogTellsALifeInOrder() {
        var id = create("c6", "true", true);
        start(id);
        var actions = new ArrayList<String>();
        try (var consumer = KafkaAccess.of(config, "gateway").consumer("test")) {
            var partition = new TopicPartition(ObjectKind.CONTAINER.eventsTopic(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var deadline = Instant.now().plus(Duration.ofSeconds(20));
            while (!actions.contains("destroy") && Instant.now().isBefore(deadline)) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key().equals(id)) {
                        actions.add(CloudEvent.fromJson(record.value()).data().action());
                    }
                }
            }
        }
        assertThat(actions).containsExactly("create", "start", "die", "destroy");
    }

    @Test
    void anAgentMaySpeakOnlyForItsOwnNode() throws InterruptedException {
        agent.disconnect();
        var answer = agent.connect("another").poll(10, TimeUnit.SECONDS);
        assertThat(answer.hasWelcome()).isFalse();
    }
}
