package dev.gantry.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.Sys;
import dev.gantry.linux.cgroup.CgroupEntry;
import dev.gantry.linux.launch.KernelFixture.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups and seccomp filters, as a launch enters and installs them. */
class ConfinementTest {
    private static final Path PIDS = Path.of("/sys/fs/cgroup/pids");
    private static final Path UNIFIED = Path.of("/sys/fs/cgroup/unified");

    @TempDir
    Path directory;

    private KernelFixture on;
    private final String name = "gantry-launch-test-" + ProcessHandle.current().pid();

    @BeforeEach
    void open() {
        on = KernelFixture.in(directory);
    }

    @AfterEach
    void leavesNothingBehind() throws IOException {
        on.close();
        Files.deleteIfExists(PIDS.resolve(name));
        Files.deleteIfExists(UNIFIED.resolve(name));
    }

    private LaunchSpec in(Optional<CgroupEntry> group, Optional<CgroupEntry> monitor, String... argv) {
        LaunchSpec spec = on.spec(on.program(argv));
        return new LaunchSpec(
                spec.program(),
                spec.root(),
                spec.mounts(),
                spec.maskedPaths(),
                spec.readOnlyPaths(),
                spec.sysctls(),
                spec.namespaces(),
                group,
                monitor,
                spec.stdio(),
                spec.exitFile());
    }

    private String groups(LaunchedContainer container, boolean monitor) throws IOException {
        int pid = monitor ? container.state().monitor().pid() : container.pid();
        return Files.readString(Path.of("/proc/" + pid + "/cgroup"));
    }

    @Test
    void entersAVersionOneGroupByItsTasksFile() throws IOException {
        Path group = Files.createDirectory(PIDS.resolve(name));
        CgroupEntry entry = new CgroupEntry.Tasks(List.of(group.resolve("tasks")));
        try (LaunchedContainer container =
                on.launcher.start(in(Optional.of(entry), Optional.empty(), "sleep", "100"))) {
            assertThat(groups(container, false)).contains(":pids:/" + name);
            assertThat(groups(container, true)).doesNotContain(name);
            container.signal(9);
            on.finish(container);
        }
    }

    @Test
    void isBornInAVersionTwoGroup() throws IOException {
        Path group = Files.createDirectory(UNIFIED.resolve(name));
        CgroupEntry entry = new CgroupEntry.Directory(group);
        try (LaunchedContainer container =
                on.launcher.start(in(Optional.of(entry), Optional.empty(), "sleep", "100"))) {
            assertThat(groups(container, false)).contains("0::/" + name);
            assertThat(groups(container, true)).doesNotContain(name);
            container.signal(9);
            on.finish(container);
        }
    }

    @Test
    void putsTheMonitorIntoAGroupOfItsOwn() throws IOException {
        Path one = Files.createDirectory(PIDS.resolve(name));
        Path two = Files.createDirectory(UNIFIED.resolve(name));
        List<CgroupEntry> entries =
                List.of(new CgroupEntry.Tasks(List.of(one.resolve("tasks"))), new CgroupEntry.Directory(two));
        for (CgroupEntry entry : entries) {
            try (LaunchedContainer container =
                    on.launcher.start(in(Optional.empty(), Optional.of(entry), "sleep", "100"))) {
                assertThat(groups(container, true)).contains(name);
                container.signal(9);
                on.finish(container);
            }
        }
    }

    /** A filter that fails mkdir with EPERM and lets everything else pass; linux/filter.h. */
    private static Bytes noMkdir() {
        ByteBuffer code = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
        instruction(code, 0x20, 0, 0, 0); // load the number of the call
        instruction(code, 0x15, 0, 1, Sys.MKDIR.number()); // when it is not mkdir, skip one
        instruction(code, 0x06, 0, 0, 0x00050001); // SECCOMP_RET_ERRNO | EPERM
        instruction(code, 0x06, 0, 0, 0x7fff0000); // SECCOMP_RET_ALLOW
        return Bytes.of(code.array());
    }

    private static void instruction(ByteBuffer code, int operation, int whenTrue, int whenFalse, int operand) {
        code.putShort((short) operation)
                .put((byte) whenTrue)
                .put((byte) whenFalse)
                .putInt(operand);
    }

    @Test
    void installsAFilterWithAndWithoutNewPrivileges() {
        for (boolean noNewPrivileges : List.of(true, false)) {
            Program program = new Program(
                    List.of(
                            "sh",
                            "-c",
                            "mkdir /tmp/x; touch /tmp/y && echo made; grep -E 'NoNew|Seccomp:' /proc/self/status"),
                    List.of("PATH=/bin"),
                    "/",
                    new Identity(0, 0, List.of()),
                    Capabilities.uniform(1L << 1),
                    noMkdir(),
                    noNewPrivileges,
                    List.of(),
                    0_022,
                    0);
            Result result = on.run(on.spec(program));
            assertThat(result.err()).contains("Operation not permitted");
            assertThat(result.out())
                    .isEqualTo("made\nNoNewPrivs:\t%d\nSeccomp:\t2\n".formatted(noNewPrivileges ? 1 : 0));
        }
    }
}
