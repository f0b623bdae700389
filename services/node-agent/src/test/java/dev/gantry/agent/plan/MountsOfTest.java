package dev.gantry.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.volumes.OpenMounts;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.linux.MountCalls;
import dev.gantry.linux.launch.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MountsOfTest {
    private static Mount mount(MountPlan.Builder plan) {
        var open = new OpenMounts(Map.of("/t", Path.of("/source")), Map.of("/run", 0755), List.of());
        return MountsOf.of(List.of(plan.build()), open).getFirst();
    }

    private static MountPlan.Builder tmpfs(String target, String... options) {
        return MountPlan.newBuilder().setType("tmpfs").setTarget(target).addAllOptions(List.of(options));
    }

    private static MountPlan.Builder bind(String... options) {
        return MountPlan.newBuilder()
                .setType("bind")
                .setSource("/s")
                .setTarget("/t")
                .addAllOptions(List.of(options));
    }

    @Test
    void aBindGoesWhereItWasOpenedWithItsPropagationAndDepth() {
        assertThat(mount(bind("rbind", "rslave", "rro").setReadOnly(true)))
                .isEqualTo(new Mount.Bind(Path.of("/source"), "/t", true, true, Mount.Propagation.RSLAVE, true));
        assertThat(mount(bind("bind", "shared")))
                .isEqualTo(new Mount.Bind(Path.of("/source"), "/t", false, false, Mount.Propagation.SHARED, false));
        assertThat(mount(bind().setType("volume")))
                .isEqualTo(new Mount.Bind(Path.of("/source"), "/t", false, true, Mount.Propagation.RPRIVATE, false));
    }

    @Test
    void aLaterOptionOfATmpfsWins() {
        var mount = (Mount.Filesystem)
                mount(tmpfs("/x", "noexec", "nosuid", "nodev", "rprivate", "exec", "size=1m", "size=2m", "ro"));
        assertThat(mount.options()).isEqualTo(Map.of("size", "2m"));
        assertThat(mount.attributes())
                .isEqualTo(MountCalls.MOUNT_ATTR_NOSUID | MountCalls.MOUNT_ATTR_NODEV | MountCalls.MOUNT_ATTR_RDONLY);
    }

    @Test
    void aTmpfsHasTheModeOfWhatItCoversUnlessAskedOtherwise() {
        assertThat(((Mount.Filesystem) mount(tmpfs("/run"))).options()).isEqualTo(Map.of("mode", "755"));
        assertThat(((Mount.Filesystem) mount(tmpfs("/run", "mode=700"))).options())
                .isEqualTo(Map.of("mode", "700"));
    }

    @Test
    void nothingIsMountedInsideProc() {
        assertThatThrownBy(() -> mount(tmpfs("/proc/self/attr"))).hasMessageContaining("inside /proc");
        assertThatThrownBy(() -> mount(tmpfs("/proc"))).hasMessageContaining("inside /proc");
        assertThat(mount(tmpfs("/process"))).isNotNull();
    }
}
