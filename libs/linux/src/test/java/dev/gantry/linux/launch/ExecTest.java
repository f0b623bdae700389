package dev.gantry.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.launch.KernelFixture.Result;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Further processes in a running container, as root on the real kernel. */
class ExecTest {
    @TempDir
    Path directory;

    private SleepingContainer box;
    private KernelFixture on;
    private LaunchedContainer container;

    @BeforeEach
    void open() {
        box = SleepingContainer.in(directory);
        on = box.on();
        container = box.process();
    }

    @AfterEach
    void leavesNothingBehind() {
        box.close();
    }

    private Result run(Program program) {
        try (LaunchedExec exec = launch(program, new ExecStdio.Pipes(false, true, true))) {
            return finish(exec);
        }
    }

    private LaunchedExec launch(Program program, ExecStdio stdio) {
        return prepare(program, stdio).go();
    }

    private PreparedExec prepare(Program program, ExecStdio stdio) {
        return box.prepare(program, Optional.empty(), stdio);
    }

    private Result sh(String script) {
        return run(on.program("sh", "-c", script));
    }

    private Result finish(LaunchedExec exec) {
        return box.finish(exec);
    }

    private static Program with(Program program, Identity identity, String cwd) {
        return new Program(
                program.argv(),
                program.env(),
                cwd,
                identity,
                program.capabilities(),
                program.seccomp(),
                program.noNewPrivileges(),
                program.rlimits(),
                program.umask(),
                program.oomScoreAdjust());
    }

    @Test
    void runsAProgramAndCarriesItsOutputAndExitCode() {
        assertThat(sh("echo hello; echo trouble >&2; exit 6"))
                .isEqualTo(new Result(new Exit.Code(6), "hello\n", "trouble\n"));
    }

    @Test
    void tellsOfASignal() {
        try (LaunchedExec exec = launch(on.program("sleep", "1000"), new ExecStdio.Pipes(false, true, true))) {
            assertThat(exec.exit()).isEmpty();
            assertThat(exec.signal(15)).isTrue();
            assertThat(finish(exec).exit()).isEqualTo(new Exit.Signal(15, false));
            assertThat(exec.signal(15)).isFalse();
        }
    }

    @Test
    void livesInAllNamespacesOfTheContainer() throws Exception {
        for (String kind : List.of("mnt", "uts", "ipc", "pid", "net", "cgroup")) {
            assertThat(run(on.program("readlink", "/proc/self/ns/" + kind)).out())
                    .as(kind)
                    .isEqualTo(Files.readSymbolicLink(Path.of("/proc/" + container.pid() + "/ns/" + kind)) + "\n");
        }
        assertThat(sh("hostname; cat /proc/1/comm; readlink /proc/self/root").out())
                .isEqualTo("box\nsleep\n/\n");
    }

    @Test
    void entersTheWorkingDirectoryOrSaysWhyNot() {
        assertThat(run(with(on.program("pwd"), Identity.ROOT, "/tmp")).out()).isEqualTo("/tmp\n");
        assertFails(
                with(on.program("pwd"), Identity.ROOT, "/nosuch"),
                127,
                "chdir to cwd (\"/nosuch\") set in config.json failed: no such file or directory");
    }

    @Test
    void saysInDockersWordsWhyAProgramCannotRun() {
        assertFails(on.program("nosuch"), 127, "exec: \"nosuch\": executable file not found in $PATH");
        assertFails(on.program("/nosuch"), 127, "exec: \"/nosuch\": no such file or directory");
        assertFails(on.program("/etc/passwd"), 126, "exec: \"/etc/passwd\": permission denied");
    }

    private void assertFails(Program program, int code, String message) {
        assertThatThrownBy(() -> launch(program, new ExecStdio.Pipes(true, true, true)))
                .isInstanceOfSatisfying(
                        LaunchFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(code))
                .hasMessage(message);
    }

    @Test
    void readsInputUntilItIsClosed() {
        try (LaunchedExec exec = launch(on.program("cat"), new ExecStdio.Pipes(true, true, true))) {
            on.kernel.write(exec.stdin().orElseThrow().number(), "in and out\n".getBytes(StandardCharsets.UTF_8));
            exec.closeStdin();
            assertThat(finish(exec)).isEqualTo(new Result(new Exit.Code(0), "in and out\n", ""));
        }
    }

    @Test
    void runsWithoutAnyPipe() {
        try (LaunchedExec exec = launch(
                on.program("sh", "-c", "echo x; cat; touch /tmp/done"), new ExecStdio.Pipes(false, false, false))) {
            assertThat(finish(exec)).isEqualTo(new Result(new Exit.Code(0), "", ""));
        }
        assertThat(on.root.path().resolve("tmp/done")).exists();
    }

    @Test
    void givesItsPipesToTheUserAndLeavesTheHostsNullDeviceAlone() throws Exception {
        Object owner = Files.getAttribute(Path.of("/dev/null"), "unix:uid");
        Program program = with(
                on.program("sh", "-c", "id -u; id -g; id -G; echo again > /dev/stdout"),
                new Identity(1000, 1001, List.of(1001, 1002)),
                "/");
        try (LaunchedExec exec = launch(program, new ExecStdio.Pipes(false, true, false))) {
            assertThat(finish(exec)).isEqualTo(new Result(new Exit.Code(0), "1000\n1001\n1001 1002\nagain\n", ""));
        }
        assertThat(Files.getAttribute(Path.of("/dev/null"), "unix:uid")).isEqualTo(owner);
    }

    @Test
    void hasATerminalOfTheContainersOwn() {
        try (Fd root = ContainerRoot.open(on.kernel, container.pid(), container.pidfd());
                Fd devpts = ContainerRoot.devpts(on.kernel, root);
                LaunchedExec exec = launch(
                        on.program("sh", "-c", "tty; stty size; read x; stty size; ls -l /dev/pts/0 >/dev/tty"),
                        new ExecStdio.Terminal(new Stdio.WindowSize(30, 100), devpts))) {
            on.readUntil(exec.stdout().orElseThrow(), "/dev/pts/0\r\n30 100\r\n");
            exec.resize(new Stdio.WindowSize(12, 34));
            on.kernel.write(exec.stdin().orElseThrow().number(), "go\n".getBytes(StandardCharsets.UTF_8));
            Result result = finish(exec);
            assertThat(result.out()).contains("12 34\r\n").contains("/dev/pts/0");
            assertThat(result.exit()).isEqualTo(new Exit.Code(0));
        }
    }

    @Test
    void aTerminalsKeysInterruptTheForegroundAndItsEndHangsUp() {
        try (Fd root = ContainerRoot.open(on.kernel, container.pid(), container.pidfd());
                Fd devpts = ContainerRoot.devpts(on.kernel, root)) {
            Stdio.WindowSize size = new Stdio.WindowSize(24, 80);
            try (LaunchedExec exec = launch(
                    on.program("sh", "-c", "trap 'echo caught; exit 5' INT; echo ready; while :; do sleep 0.05; done"),
                    new ExecStdio.Terminal(size, devpts))) {
                on.readUntil(exec.stdout().orElseThrow(), "ready");
                on.kernel.write(exec.stdin().orElseThrow().number(), new byte[] {3});
                assertThat(finish(exec).exit()).isEqualTo(new Exit.Code(5));
            }
            LaunchedExec left = launch(on.program("sleep", "1000"), new ExecStdio.Terminal(size, devpts));
            Fd pidfd = Fd.own(on.kernel, on.kernel.pidfdOpen(left.identity().pid()));
            left.close();
            on.kernel.waitid(3, pidfd.number(), 4);
            pidfd.close();
        }
    }

    @Test
    void refusesWhatOnlyLooksLikeTheContainersTerminals() {
        KernelFixture.made(on.root.path().resolve("dev/pts"));
        try (Fd root = Fd.own(on.kernel, on.kernel.open(on.root.path().toString(), FileCalls.O_PATH, 0))) {
            assertThatThrownBy(() -> ContainerRoot.devpts(on.kernel, root))
                    .isInstanceOfSatisfying(
                            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTTY));
        }
    }

    @Test
    void isAsConfinedAsItsProgramSays() {
        ByteBuffer nothing = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        nothing.putShort((short) 0x06).put((byte) 0).put((byte) 0).putInt(0x7fff0000); // allow all; linux/filter.h
        Program program = new Program(
                List.of("sh", "-c", "grep -E '^(Cap|NoNew|Seccomp:)' /proc/self/status; ulimit -n; umask"),
                List.of("PATH=/bin"),
                "/",
                new Identity(0, 0, List.of()),
                Capabilities.uniform(KernelFixture.DOCKER_CAPABILITIES),
                Bytes.of(nothing.array()),
                true,
                List.of(new Rlimit(Rlimit.resource("nofile"), 77, 88)),
                0_027,
                0);
        String all = "%016x".formatted(KernelFixture.DOCKER_CAPABILITIES);
        assertThat(run(program).out())
                .isEqualTo("CapInh:\t0000000000000000\nCapPrm:\t" + all + "\nCapEff:\t" + all + "\nCapBnd:\t" + all
                        + "\nCapAmb:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n77\n0027\n");
    }

    @Test
    void seesItsContainersCoveredPathsAndNoDescriptorOfTheHost() {
        assertThat(sh("cat /proc/timer_list /proc/keys; ls /sys/firmware; touch /proc/sys/kernel/domainname")
                        .out())
                .isEmpty();
        assertThat(sh("ls /proc/self/fd").out()).isEqualTo("0\n1\n2\n3\n"); // the last is ls's own
    }

    @Test
    void endsWithItsContainer() {
        try (LaunchedExec exec = launch(on.program("sleep", "1000"), new ExecStdio.Pipes(false, true, true))) {
            container.signal(9);
            assertThat(finish(exec).exit()).isEqualTo(new Exit.Signal(9, false));
            KernelFixture.await("the container's end", () -> container.exit().isPresent());
        }
    }

    @Test
    void saysThatTheContainerHasEnded() {
        container.signal(9);
        KernelFixture.await("the container's end", () -> container.exit().isPresent());
        assertThatThrownBy(() -> launch(on.program("true"), new ExecStdio.Pipes(false, true, true)))
                .isInstanceOfSatisfying(
                        LaunchFailure.class,
                        failure -> assertThat(failure.errno()).isEqualTo(Errno.ESRCH));
    }

    @Test
    void leavesNothingOfOneThatWasGivenUp() {
        try (PreparedExec prepared =
                prepare(on.program("touch", "/tmp/never"), new ExecStdio.Pipes(true, true, true))) {
            assertThat(prepared.identity().pid()).isPositive();
        }
        assertThat(on.root.path().resolve("tmp/never")).doesNotExist();
    }

    @Test
    void isFoundAgainByItsIdentity() {
        try (LaunchedExec exec = launch(on.program("sleep", "1000"), new ExecStdio.Pipes(false, false, false));
                LaunchedExec again = on.launcher.adopt(exec.identity()).orElseThrow()) {
            again.signal(9);
            KernelFixture.await("its end", () -> again.exit().isPresent());
            assertThat(again.exit()).contains(new Exit.Signal(9, false));
            assertThat(on.launcher.adopt(exec.identity())).isEmpty();
        }
    }
}
