package dev.gantry.volume.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.MountPoint;
import dev.gantry.contracts.docker.mount.PlannedMount;
import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.contracts.rpc.ClaimVolumes;
import dev.gantry.contracts.rpc.CreateVolume;
import dev.gantry.contracts.rpc.ListVolumes;
import dev.gantry.contracts.rpc.PlanMounts;
import dev.gantry.contracts.rpc.ReleaseMounts;
import dev.gantry.contracts.rpc.RemoveVolumeRequest;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.contracts.rpc.UnmountVolumes;
import dev.gantry.contracts.rpc.VolumeClaim;
import dev.gantry.contracts.rpc.VolumeQuery;
import dev.gantry.contracts.rpc.VolumesClaimed;
import dev.gantry.contracts.rpc.VolumesGrpc;
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
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** The whole service on real PostgreSQL and Kafka; the nodes' disks are the test's. */
@QuarkusTest
@QuarkusTestResource(VolumePlatform.class)
class VolumeServiceTest {
    @Inject
    Peers peers;

    @Inject
    Config config;

    @Inject
    FakeDisks disks;

    private VolumesGrpc.VolumesBlockingStub volumes(Role caller) {
        return VolumesGrpc.newBlockingStub(peers.channel(caller, Role.VOLUME)).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private static ByteString text(String json) {
        return ByteString.copyFrom(json, StandardCharsets.UTF_8);
    }

    private JsonNode create(String body) {
        var request = CreateVolume.newBuilder().setBody(text(body)).build();
        return DockerJson.parse(volumes(Role.GATEWAY).create(request).getJson().toByteArray());
    }

    private JsonNode inspect(String name) {
        var query = VolumeQuery.newBuilder().setName(name).build();
        return DockerJson.parse(volumes(Role.GATEWAY).inspect(query).getJson().toByteArray());
    }

    private List<String> list(String filters) {
        var request = ListVolumes.newBuilder().setFilters(text(filters)).build();
        var found =
                DockerJson.parse(volumes(Role.GATEWAY).list(request).getJson().toByteArray());
        var names = new ArrayList<String>();
        found.path("Volumes").forEach(volume -> names.add(volume.path("Name").asText()));
        return names;
    }

    private JsonNode prune(String filters) {
        var request = ListVolumes.newBuilder().setFilters(text(filters)).build();
        return DockerJson.parse(volumes(Role.GATEWAY).prune(request).getJson().toByteArray());
    }

    private void remove(String name, boolean force) {
        var _ = volumes(Role.GATEWAY)
                .remove(RemoveVolumeRequest.newBuilder()
                        .setName(name)
                        .setForce(force)
                        .build());
    }

    private VolumesClaimed claim(String container, String name, boolean anonymous) {
        return volumes(Role.SCHEDULER)
                .claim(ClaimVolumes.newBuilder()
                        .setContainer(container)
                        .setNode("n1")
                        .addVolumes(VolumeClaim.newBuilder()
                                .setName(name)
                                .setTarget("/d")
                                .setAnonymous(anonymous))
                        .build());
    }

    private void plan(String container, String name) {
        var point = new MountPoint("volume", name, "", "/d", "local", "z", true, "");
        var mount = new PlannedMount(point, false, true, false, "", List.of("rbind", "rprivate"), Map.of(), null);
        var planned = volumes(Role.SCHEDULER)
                .plan(PlanMounts.newBuilder()
                        .setContainer(container)
                        .setNode("n1")
                        .setMounts(ByteString.copyFrom(DockerJson.write(List.of(mount))))
                        .build());
        assertThat(planned.getMounts(0).getSource()).isEqualTo(name);
        assertThat(planned.getMounts(0).getTarget()).isEqualTo("/d");
        assertThat(planned.getMounts(0).getCopyUp()).isTrue();
    }

    private void release(String container, boolean removeAnonymous) {
        var _ = volumes(Role.SCHEDULER)
                .release(ReleaseMounts.newBuilder()
                        .setContainer(container)
                        .setRemoveAnonymous(removeAnonymous)
                        .build());
    }

    @Test
    void creatingTwiceKeepsTheFirst() {
        var first = create("{\"Name\":\"a1\",\"Driver\":\"local\",\"Labels\":{\"a\":\"1\"}}");
        assertThat(first.path("Mountpoint").asText()).isEqualTo("/n1/volumes/a1/_data");
        assertThat(first.path("CreatedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(first.path("Options").isNull()).isTrue();
        assertThat(create("{\"Name\":\"a1\",\"Labels\":{\"b\":\"2\"}}")).isEqualTo(first);
        assertThat(inspect("a1")).isEqualTo(first);
        assertThat(create("{\"Name\":\"a2\"}").path("Labels").isNull()).isTrue();
        assertThat(list("{\"label\":[\"a=1\"]}")).containsExactly("a1");
        assertThat(list("{\"name\":[\"a[12]\"]}")).containsExactly("a1", "a2");
        assertThat(list("{\"driver\":[\"other\"]}")).isEmpty();
    }

    @Test
    void whatDockerRefusesIsRefusedInItsWords() {
        assertThatThrownBy(() -> create("{\"Name\":\"b\"}"))
                .hasMessageContaining(
                        "create b: volume name is too short, names should be at least two alphanumeric characters");
        assertThatThrownBy(() -> create("{\"Name\":\"b ad\"}"))
                .hasMessageContaining("create b ad: \"b ad\" includes invalid characters for a local volume name");
        assertThatThrownBy(() -> create("{\"Name\":\"b1\",\"Driver\":\"nosuch\"}"))
                .hasMessageContaining("create b1: error looking up volume plugin nosuch: plugin \"nosuch\" not found");
        assertThatThrownBy(() -> create("{\"Name\":\"b1\",\"DriverOpts\":{\"bogus\":\"1\"}}"))
                .hasMessageContaining("create b1: invalid option: \"bogus\"");
        assertThatThrownBy(() -> create("{\"Name\":\"b1\",\"DriverOpts\":{\"type\":\"nfs\"}}"))
                .hasMessageContaining("DriverOpts \"type\" of a local volume is not supported yet");
        assertThatThrownBy(() -> inspect("b1")).hasMessageContaining("get b1: no such volume");
        assertThatThrownBy(() -> remove("b1", false)).hasMessageContaining("get b1: no such volume");
        remove("b1", true);
        assertThatThrownBy(() -> list("{\"dangling\":[\"x\"]}")).hasMessageContaining("invalid filter 'dangling=[x]'");
    }

    @Test
    void aVolumeInUseStays() {
        assertThat(claim("c1", "in-use", false).getVolumes(0).getMountpoint()).isEqualTo("/n1/volumes/in-use/_data");
        claim("c1", "in-use", false);
        claim("c2", "in-use", false);
        assertThatThrownBy(() -> remove("in-use", true))
                .hasMessageContaining("remove in-use: volume is in use - [c1, c2]");
        assertThat(list("{\"dangling\":[\"true\"]}")).doesNotContain("in-use");
        release("c1", true);
        release("c1", true);
        release("c2", true);
        assertThat(list("{\"dangling\":[\"true\"]}")).contains("in-use");
        remove("in-use", false);
        assertThat(disks.holds("n1", "in-use")).isFalse();
    }

    @Test
    void anonymousVolumesGoWithTheirLastContainerIfItSaysSo() {
        claim("d1", "d".repeat(64), true);
        claim("d2", "d".repeat(64), true);
        assertThat(inspect("d".repeat(64)).path("Labels").has("com.docker.volume.anonymous"))
                .isTrue();
        release("d1", true);
        assertThat(disks.holds("n1", "d".repeat(64))).isTrue();
        release("d2", true);
        assertThat(disks.holds("n1", "d".repeat(64))).isFalse();
        assertThatThrownBy(() -> inspect("d".repeat(64))).hasMessageContaining("no such volume");
        claim("d3", "e".repeat(64), true);
        release("d3", false);
        assertThat(list("")).contains("e".repeat(64));
    }

    @Test
    void aRemovalGoesOnWhenTheNodeIsBack() {
        claim("f1", "away", true);
        disks.away("n1", true);
        release("f1", true);
        disks.away("n1", false);
        create("{\"Name\":\"away\"}");
        assertThat(inspect("away").path("Labels").isNull()).isTrue();
        remove("away", false);
        assertThat(disks.holds("n1", "away")).isFalse();
    }

    @Test
    void aVolumeThatWasNotMadeToTheEndLeavesNothingAndIsNotSpokenOf() {
        disks.loseTheAnswer("half");
        assertThatThrownBy(() -> create("{\"Name\":\"half\"}")).hasMessageContaining("did not answer in time");
        assertThat(list("{}")).doesNotContain("half");
        assertThatThrownBy(() -> inspect("half")).hasMessageContaining("no such volume");
        await(() -> !disks.holds("n1", "half"));
        disks.loseTheAnswer("half");
        assertThatThrownBy(() -> create("{\"Name\":\"half\"}")).hasMessageContaining("did not answer in time");
        create("{\"Name\":\"half\"}");
        assertThat(list("{}")).contains("half");
        assertThat(events("half", 1)).extracting(event -> event.data().action()).containsExactly("create");
    }

    @Test
    void aVolumeOfAnotherNodeCannotBeMounted() {
        claim("g1", "of-n1", false);
        var elsewhere = ClaimVolumes.newBuilder()
                .setContainer("g2")
                .setNode("n2")
                .addVolumes(VolumeClaim.newBuilder().setName("of-n1").setTarget("/d"))
                .build();
        assertThatThrownBy(() -> volumes(Role.SCHEDULER).claim(elsewhere))
                .hasMessageContaining("volume of-n1 is on node n1");
    }

    @Test
    void pruneTakesWhatNobodyNamedUnlessAskedForAll() {
        var anonymous = create("{\"Labels\":{\"prune\":\"me\"}}").path("Name").asText();
        create("{\"Name\":\"pr1\",\"Labels\":{\"prune\":\"me\"}}");
        create("{\"Name\":\"pr2\",\"Labels\":{\"prune\":\"not\"}}");
        assertThat(prune("{\"label\":[\"prune\"]}").toString())
                .isEqualTo("{\"VolumesDeleted\":[\"" + anonymous + "\"],\"SpaceReclaimed\":100}");
        assertThat(prune("{\"label\":[\"prune\"],\"label!\":[\"prune=not\"],\"all\":[\"true\"]}")
                        .path("VolumesDeleted")
                        .path(0)
                        .asText())
                .isEqualTo("pr1");
        assertThat(prune("{\"label\":[\"none\"]}").toString())
                .isEqualTo("{\"VolumesDeleted\":[],\"SpaceReclaimed\":0}");
        assertThat(list("")).contains("pr2");
    }

    @Test
    void everythingIsToldInOrder() {
        claim("h1", "told", false);
        plan("h1", "told");
        plan("h1", "told");
        var unmount = UnmountVolumes.newBuilder().setContainer("h1").build();
        assertThat(volumes(Role.SCHEDULER).unmount(unmount).getChanged()).isTrue();
        assertThat(volumes(Role.SCHEDULER).unmount(unmount).getChanged()).isFalse();
        plan("h1", "told");
        release("h1", false);
        remove("told", false);
        create("{\"Name\":\"told\"}");
        var events = events("told", 7);
        assertThat(events.stream().map(event -> event.data().action()))
                .containsExactly("create", "mount", "unmount", "mount", "unmount", "destroy", "create");
        assertThat(events.stream().map(CloudEvent::objectversion)).isSorted().doesNotHaveDuplicates();
        assertThat(events.get(1).data().actor().attributes())
                .isEqualTo(Map.of(
                        "container", "h1",
                        "destination", "/d",
                        "driver", "local",
                        "propagation", "",
                        "read/write", "true"));
        assertThat(events.get(2).data().actor().attributes()).isEqualTo(Map.of("container", "h1", "driver", "local"));
    }

    private List<CloudEvent> events(String volume, int count) {
        var events = new ArrayList<CloudEvent>();
        try (var consumer = KafkaAccess.of(config, "gateway").consumer("test")) {
            var partition = new TopicPartition(ObjectKind.VOLUME.eventsTopic(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await(() -> {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key().equals(volume)) {
                        events.add(CloudEvent.fromJson(record.value()));
                    }
                }
                return events.size() >= count;
            });
        }
        return events;
    }

    @Test
    void referencesOfContainersThatAreGoneAreSwept() throws ExecutionException, InterruptedException {
        claim("i1", "swept", false);
        try (var producer = KafkaAccess.of(config, "scheduler").producer("test")) {
            var _ = producer.send(new ProducerRecord<>(ObjectKind.CONTAINER.stateTopic(), "i1", null))
                    .get();
        }
        await(() -> list("{\"dangling\":[\"true\"]}").contains("swept"));
    }

    private static void await(BooleanSupplier condition) {
        var deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            LockSupport.parkNanos(5_000_000); // between two looks
        }
    }
}
