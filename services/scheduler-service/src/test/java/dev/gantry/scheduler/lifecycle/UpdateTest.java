package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.docker.container.HostConfig;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpdateTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private HostConfig host(String id) {
        return world.scheduler().inspect(id).spec().hostConfig();
    }

    private void update(String reference, String hostConfig) {
        world.scheduler().update(reference, hostConfig.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aStoppedContainerIsUpdatedWithoutItsAgent() {
        var id = world.create("c1", "sleep", false);
        update("c1", "{\"CpuShares\":512,\"RestartPolicy\":{\"Name\":\"always\"}}");
        assertThat(host(id).cpuShares()).isEqualTo(512);
        assertThat(host(id).restartPolicy().name()).isEqualTo("always");
        assertThat(world.host.updates).isEmpty();
        assertThat(world.store.events(id)).containsExactly("create", "update");
        world.restart();
        assertThat(host(id).cpuShares()).isEqualTo(512);
    }

    @Test
    void aRunningOneIsUpdatedByItsAgent() {
        var id = world.create("c1", "sleep", false);
        world.scheduler().start(id);
        update("c1", "{\"CpuShares\":512}");
        update("c1", "{\"CpuPeriod\":50000}");
        assertThat(world.host.updates).extracting(HostConfig::cpuShares).containsExactly(512L, 512L);
        assertThat(world.host.updates).extracting(HostConfig::cpuPeriod).containsExactly(0L, 50_000L);
        assertThat(host(id).cpuShares()).isEqualTo(512);
        assertThat(host(id).networkMode()).isEqualTo("none");
        assertThat(world.store.events(id)).containsExactly("create", "start", "update", "update");
    }

    @Test
    void whatTheKernelRefusesIsNotKept() {
        var id = world.create("c1", "sleep", false);
        world.scheduler().start(id);
        world.host.stubborn();
        assertThatThrownBy(() -> update("c1", "{\"CpuShares\":512}"))
                .hasMessage("Cannot update container " + id + ": device or resource busy");
        assertThat(host(id).cpuShares()).isZero();
        assertThat(world.store.events(id)).containsExactly("create", "start");
    }

    @Test
    void aWishThatCannotBeIsRefusedBeforeAnythingChanges() {
        world.create("c1", "sleep", true);
        assertThatThrownBy(() -> update("c1", "{\"Memory\":1048576}"))
                .hasMessage("Minimum memory limit allowed is 6MB");
        assertThatThrownBy(() -> update("c1", "{\"RestartPolicy\":{\"Name\":\"always\"}}"))
                .hasMessageEndingWith(
                        "Restart policy cannot be updated because AutoRemove is enabled for the container");
    }
}
