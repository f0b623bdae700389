package dev.gantry.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The real kernel's verdicts, on whatever version 2 hierarchy the host has, also the controllerless one of a hybrid. */
@EnabledIf("available")
class BpfDeviceGateTest {
    private static final String NAME = "gtest-dev-" + ProcessHandle.current().pid();
    private Path group = Path.of("/");

    static boolean available() {
        return hierarchy().isPresent() && Files.isWritable(hierarchy().get());
    }

    private static Optional<Path> hierarchy() {
        return Stream.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified")
                .map(Path::of)
                .filter(path -> Files.exists(path.resolve("cgroup.controllers")))
                .findFirst();
    }

    @BeforeEach
    void makeGroup() throws IOException {
        group = Files.createDirectory(hierarchy().orElseThrow().resolve(NAME));
    }

    @AfterEach
    void removeGroup() {
        new Removal(new CgroupTree()).remove(NAME, List.of(group));
    }

    private int run(String command) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "echo $$ > " + group.resolve("cgroup.procs") + " && " + command)
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }

    @Test
    void dockersDevicesAreOpenAndOthersAreNot() throws Exception {
        assertThat(run("head -c1 /dev/kmsg >/dev/null || head -c1 /dev/mem > /dev/null || true"))
                .isZero();
        new BpfDeviceGate(Kernel.real()).close(group, DeviceAccess.DOCKER_DEFAULT);
        assertThat(run("head -c1 /dev/zero > /dev/null && head -c1 /dev/urandom > /dev/null"))
                .isZero();
        assertThat(run("exec 3< /dev/kmsg")).isNotZero();
        assertThat(run("d=$(mktemp -u) && mknod $d c 1 11 && ! (exec 3< $d) && rm $d"))
                .isZero();
    }

    @Test
    void aRuleMayGiveReadingAlone() throws Exception {
        var access = new DeviceAccess(
                false, List.of(new DeviceAccess.Rule('c', 1, 3, "w"), new DeviceAccess.Rule('c', 1, 5, "r")));
        new BpfDeviceGate(Kernel.real()).close(group, access);
        assertThat(run("exec 3< /dev/zero")).isZero();
        assertThat(run("exec 3> /dev/zero")).isNotZero();
        assertThat(run("exec 3> /dev/null")).isZero();
        assertThat(run("exec 3< /dev/null")).isNotZero();
        assertThat(run("mknod /var/tmp/" + NAME + " c 1 3")).isNotZero();
    }
}
