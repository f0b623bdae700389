package dev.gantry.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.cgroup.CgroupEntry;
import dev.gantry.linux.launch.KernelFixture.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container's processes could get out of an exec that is among them and has not executed its program yet. */
class ExecWindowTest {
    private static final String STATE = "(Uid|Gid|Groups|Cap...|NoNewPrivs|Seccomp):.*";
    private static final String NAME = "gtest-window-" + ProcessHandle.current().pid();
    private static final ExecStdio PIPES = new ExecStdio.Pipes(true, true, true);

    @TempDir
    Path directory;

    private SleepingContainer box;

    @BeforeEach
    void open() {
        box = SleepingContainer.in(directory);
    }

    @AfterEach
    void leavesNothingBehind() {
        box.close();
    }

    private PreparedExec prepare(Program program, Optional<CgroupEntry> group) {
        return box.prepare(program, group, PIPES);
    }

    private void end(LaunchedExec exec) {
        exec.signal(9);
        var _ = box.finish(exec);
    }

    private static Program sleep(Identity identity, long capabilities, boolean noNewPrivileges) {
        ByteBuffer filter = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        filter.putShort((short) 0x06).putShort((short) 0).putInt(0x7fff0000); // allow all; linux/filter.h
        return new Program(
                List.of("sleep", "1000"),
                List.of("PATH=/bin", "SECRET=of the exec"),
                "/",
                identity,
                Capabilities.uniform(capabilities),
                Bytes.of(filter.array()),
                noNewPrivileges,
                List.of(new Rlimit(Rlimit.PROCESSES, 1, 1)),
                0_022,
                0);
    }

    private static List<String> state(PreparedExec exec) throws IOException {
        return Files.readAllLines(proc(exec).resolve("status")).stream()
                .filter(line -> line.matches(STATE))
                .toList();
    }

    private static Path proc(PreparedExec exec) {
        return Path.of("/proc/" + exec.identity().pid());
    }

    private Result inside(String script) {
        try (PreparedExec prepared = prepare(box.on().program("sh", "-c", script), Optional.empty());
                LaunchedExec exec = prepared.go()) {
            return box.finish(exec);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasNoRightThatItsProgramWillNotHave(boolean noNewPrivileges) throws Exception {
        Program root = sleep(Identity.ROOT, KernelFixture.DOCKER_CAPABILITIES, noNewPrivileges);
        // A user that has no process elsewhere: one is all that the limit leaves
        Program user = sleep(new Identity(54_321, 54_322, List.of(54_323)), 0, noNewPrivileges);
        for (Program program : List.of(root, user)) {
            try (PreparedExec prepared = prepare(program, Optional.empty())) {
                List<String> before = state(prepared);
                assertThat(before).hasSize(10).contains("Seccomp:\t2");
                try (LaunchedExec exec = prepared.go()) {
                    assertThat(state(prepared)).isEqualTo(before);
                    end(exec);
                }
            }
        }
    }

    @Test
    void showsNothingToTheContainersRoot() throws Exception {
        Program program = sleep(Identity.ROOT, KernelFixture.DOCKER_CAPABILITIES, false);
        try (PreparedExec waiting = prepare(program, Optional.empty())) {
            String id = Files.readAllLines(proc(waiting).resolve("status")).stream()
                    .filter(line -> line.startsWith("NSpid:"))
                    .map(line -> line.substring(line.lastIndexOf('\t') + 1))
                    .findFirst()
                    .orElseThrow();
            String look =
                    "cd /proc/%s && cat comm && cat environ; head -c 1 mem; for i in fd/3 exe cwd root; do readlink $i; done; true";
            Result seen = inside(look.formatted(id));
            assertThat(seen.out()).isEqualTo("gantry-exec\n");
            assertThat(seen.err())
                    .containsPattern("environ.*Permission denied")
                    .containsPattern("mem.*Permission denied");
            try (LaunchedExec exec = waiting.go()) {
                assertThat(inside(look.formatted(id)).out())
                        .contains("SECRET=of the exec")
                        .contains("/bin/busybox");
                end(exec);
            }
        }
    }

    static Stream<CgroupEntry> groups() {
        Path version1 = Path.of("/sys/fs/cgroup/pids").resolve(NAME);
        Stream<Path> version2 = Stream.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified")
                .map(Path::of)
                .filter(root -> Files.exists(root.resolve("cgroup.controllers")))
                .map(root -> root.resolve(NAME));
        return Stream.concat(
                Stream.of(version1)
                        .filter(group -> Files.exists(group.resolveSibling("tasks")))
                        .map(group -> new CgroupEntry.Tasks(List.of(group.resolve("tasks")))),
                version2.map(CgroupEntry.Directory::new));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void hasNothingOpenThatLeadsOut(CgroupEntry group) throws Exception {
        Path entry = Descriptors.paths(group).getFirst();
        Path made = Files.createDirectory(
                group instanceof CgroupEntry.Tasks ? Objects.requireNonNull(entry.getParent()) : entry);
        try (PreparedExec waiting = prepare(sleep(Identity.ROOT, 0, false), Optional.of(group))) {
            try (Stream<Path> open = Files.list(proc(waiting).resolve("fd"))) {
                assertThat(open).hasSizeGreaterThan(3).noneMatch(Files::isDirectory);
            }
            try (LaunchedExec exec = waiting.go()) {
                assertThat(Files.readString(proc(waiting).resolve("cgroup"))).contains("/" + NAME + "\n");
                end(exec);
            }
        } finally {
            KernelFixture.await("the group to be empty", () -> made.toFile().delete());
        }
    }
}
