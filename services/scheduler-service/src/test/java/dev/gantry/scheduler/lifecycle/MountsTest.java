package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.docker.mount.PlannedMount;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The mounts of a container from its create to its removal. */
class MountsTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private String create(String name, String config, String host) {
        var body = "{\"Image\":\"busybox\",\"Cmd\":[\"true\"]," + config + "\"HostConfig\":{\"NetworkMode\":\"none\","
                + host + "}}";
        return world.scheduler()
                .create(name, "", body.getBytes(StandardCharsets.UTF_8))
                .id();
    }

    private List<PlannedMount> mounts(String id) {
        return world.scheduler().inspect(id).spec().mounts();
    }

    @Test
    void volumesAreClaimedAtCreateAndGivenBackAtTheRemoval() {
        var id = create("c1", "\"Volumes\":{\"/a\":{}},", "\"Binds\":[\"v1:/d\",\"/h:/e\"]");
        assertThat(world.host.references()).containsExactlyInAnyOrder(id + "/a", id + "/d");
        assertThat(mounts(id)).extracting(mount -> mount.point().source()).contains("/volumes/v1", "/h");
        world.restart();
        assertThat(mounts(id)).hasSize(3);
        world.scheduler().remove(id, false, true);
        assertThat(world.host.references()).isEmpty();
    }

    @Test
    void whoeverHoldsAClaimHearsThatItsContainerIsBeingMade() {
        var during = new java.util.ArrayList<Boolean>();
        world.host.claiming = container -> during.add(world.scheduler().isBeingMade(container));
        var id = create("c1", "", "\"Binds\":[\"v1:/d\"]");
        assertThat(during).containsExactly(true);
        assertThat(world.scheduler().isBeingMade(id)).isFalse();
    }

    @Test
    void aContainerWithoutMountsAsksNobody() {
        var id = create("c1", "", "\"Binds\":[]");
        assertThat(mounts(id)).isEmpty();
        assertThat(world.host.references()).isEmpty();
    }

    @Test
    void whatAMountNeedsIsLookedForBeforeAnythingIsMade() {
        var missing = "\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/none\",\"Target\":\"/d\"}],\"Binds\":[\"v1:/e\"]";
        assertThatThrownBy(() -> create("c1", "", missing))
                .hasMessage("invalid mount config for type \"bind\": bind source path does not exist: /none");
        assertThat(world.host.references()).isEmpty();
        assertThat(create("c1", "", "\"Binds\":[\"/none:/d\"]")).isNotEmpty();
    }

    @Test
    void theMountsOfAnotherContainerAreTakenOver() {
        create("holder", "", "\"Binds\":[\"v1:/d\"]");
        var id = create("taker", "", "\"VolumesFrom\":[\"holder:ro\"]");
        assertThat(mounts(id)).singleElement().satisfies(mount -> {
            assertThat(mount.point().name()).isEqualTo("v1");
            assertThat(mount.point().rw()).isFalse();
        });
        assertThat(world.host.references()).contains(id + "/d");
        assertThatThrownBy(() -> create("other", "", "\"VolumesFrom\":[\"nosuch\"]"))
                .isInstanceOfSatisfying(GantryException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
                    assertThat(refused).hasMessage("No such container: nosuch");
                });
    }
}
