package dev.gantry.scheduler.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.mount.ContainerMounts;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.scheduler.container.Spec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountRequestTest {
    @Test
    void theAgentMountsWhatLiesDeeperLaterAndVolumesAsTheirServiceSays() {
        var host = DockerJson.read(
                "{\"Binds\":[\"v1:/a/b\",\"/h:/a:ro\"],\"Tmpfs\":{\"/a/b/c\":\"size=1m\"}}", HostConfig.class);
        var config = DockerJson.empty(ContainerConfig.class);
        var spec = new Spec(
                config,
                host,
                DockerJson.empty(NetworkingConfig.class),
                "sha256:a",
                Instant.EPOCH,
                ContainerMounts.of(config, host, reference -> List.of(), () -> "x"));
        var volume = MountPlan.newBuilder()
                .setType("volume")
                .setSource("as-planned")
                .setTarget("/a/b")
                .build();
        var plans = MountRequest.plans(spec, List.of(volume));
        assertThat(plans).extracting(MountPlan::getTarget).containsExactly("/a", "/a/b", "/a/b/c");
        assertThat(plans.get(0).getReadOnly()).isTrue();
        assertThat(plans.get(0).getMakeSource()).isTrue();
        assertThat(plans.get(0).getOptionsList()).containsExactly("rbind", "rprivate", "rro");
        assertThat(plans.get(1).getSource()).isEqualTo("as-planned");
        assertThat(plans.get(2).getOptionsList()).containsExactly("noexec", "nosuid", "nodev", "rprivate", "size=1m");
    }
}
