package dev.gantry.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.linux.Kernel;
import dev.gantry.linux.launch.KernelFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real containers, as root. */
class LauncherTest {
    @TempDir
    Path directory;

    private KernelFixture on;

    @BeforeEach
    void open() {
        on = KernelFixture.in(directory);
    }

    @AfterEach
    void leavesNothingBehind() {
        on.close();
    }

    @Test
    void runsAProgramAndCarriesItsOutput() {
        Result result = on.sh("echo hello; echo trouble >&2");
        assertThat(result).isEqualTo(new Result(new Exit.Code(0), "hello\n", "trouble\n"));
    }

    @Test
    void tellsExitCodesAndSignals() {
        assertThat(on.sh("exit 7").exit()).isEqualTo(new Exit.Code(7));
        try (LaunchedContainer container = on.launcher.start(on.spec(on.program("sleep", "100")))) {
            assertThat(container.exit()).isEmpty();
            assertThat(container.signal(9)).isTrue();
            assertThat(on.finish(container).exit()).isEqualTo(new Exit.Signal(9, false));
            assertThat(on.finish(container).exit().dockerCode()).isEqualTo(137);
        }
    }

    @Test
    void saysInDockersWordsWhyAProgramCannotRun() throws IOException {
        Files.writeString(on.root.path().resolve("bin/junk"), "\u0001\u0002");
        on.root.path().resolve("bin/junk").toFile().setExecutable(true);
        assertFails("nosuchprogram", 127, "exec: \"nosuchprogram\": executable file not found in $PATH");
        assertFails("/nosuchprogram", 127, "exec: \"/nosuchprogram\": no such file or directory");
        assertFails("/etc/passwd", 126, "exec: \"/etc/passwd\": permission denied");
        assertFails("/tmp", 126, "exec: \"/tmp\": is a directory: permission denied");
        assertFails("/bin/junk", 128, "exec: \"/bin/junk\": exec format error");
    }

    private void assertFails(String program, int code, String message) {
        LaunchSpec spec = on.spec(on.program(program));
        assertThatThrownBy(() -> on.launcher.start(spec))
                .isInstanceOfSatisfying(
                        LaunchFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(code))
                .hasMessage(message);
        assertThat(Path.of(spec.exitFile().toString())).doesNotExist();
    }

    @Test
    void namesTheStepThatFailed() {
        LaunchSpec spec = on.spec(
                on.program("true"),
                List.of(new Mount.Filesystem("tmpfs", "/tmp", Map.of("size", "much"), 0)),
                new Stdio.Pipes(false));
        assertThatThrownBy(() -> on.launcher.start(bare(spec)))
                .isInstanceOf(LaunchFailure.class)
                .hasMessage("mount tmpfs at /tmp, option size=much: EINVAL (invalid argument)");
    }

    private static LaunchSpec bare(LaunchSpec spec) {
        return new LaunchSpec(
                spec.program(),
                spec.root(),
                spec.mounts(),
                List.of(),
                List.of(),
                Map.of(),
                spec.namespaces(),
                spec.cgroup(),
                spec.monitorCgroup(),
                spec.stdio(),
                spec.exitFile());
    }

    @Test
    void hasNamespacesOfItsOwnOrTheHosts() throws IOException {
        for (String kind : List.of("mnt", "uts", "ipc", "pid", "net")) {
            String host =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind)).toString();
            assertThat(on.run("readlink", "/proc/self/ns/" + kind).out().strip())
                    .as(kind)
                    .startsWith(kind + ":")
                    .isNotEqualTo(host);
        }
        LaunchSpec spec = on.spec(on.program("readlink", "/proc/self/ns/net"));
        Namespaces shared = new Namespaces(new NetworkNamespace.Host(), true, true, true, false, "box", "");
        assertThat(on.run(with(spec, shared)).out().strip())
                .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
    }

    private static LaunchSpec with(LaunchSpec spec, Namespaces namespaces) {
        return new LaunchSpec(
                spec.program(),
                spec.root(),
                spec.mounts(),
                spec.maskedPaths(),
                spec.readOnlyPaths(),
                spec.sysctls(),
                namespaces,
                spec.cgroup(),
                spec.monitorCgroup(),
                spec.stdio(),
                spec.exitFile());
    }

    @Test
    void sharesTheHostsPidNamespaceWhenTold() {
        LaunchSpec spec = on.spec(on.program("sh", "-c", "echo $$"));
        Namespaces shared = new Namespaces(new NetworkNamespace.Own(), false, false, false, false, "", "");
        try (LaunchedContainer container = on.launcher.start(with(spec, shared))) {
            assertThat(on.finish(container).out().strip()).isEqualTo(Integer.toString(container.pid()));
        }
    }

    @Test
    void hasItsHostnameAndALoopbackThatIsUp() {
        assertThat(on.run("hostname").out()).isEqualTo("box\n");
        assertThat(on.sh("ip -o addr show lo").out()).contains("127.0.0.1/8");
    }

    @Test
    void isPidOneWithAGroupAndSessionOfItsOwn() {
        // pid, parent, group, session
        assertThat(on.run("cat", "/proc/self/stat").out()).startsWith("1 (cat) R 0 1 1 ");
    }

    @Test
    void startsWithAllSignalsDefaultAndNoneBlocked() {
        String status = on.run("grep", "Sig[BIC]", "/proc/self/status").out();
        assertThat(status.lines()).hasSize(3).allMatch(line -> line.endsWith("\t0000000000000000"));
    }

    @Test
    void inheritsNoDescriptorButItsStdio() {
        // ls itself has a third one open, for the directory
        assertThat(on.run("ls", "/proc/self/fd").out().lines()).containsExactly("0", "1", "2", "3");
        assertThat(on.sh("ls /proc/1/fd; true").out()).isEqualTo("0\n1\n2\n");
    }

    @Test
    void hasExactlyTheCapabilitiesItWasGiven() {
        long mask = 1L << 10 | 1L << 5;
        Program program = new Program(
                List.of("grep", "Cap", "/proc/self/status"),
                List.of("PATH=/bin"),
                "/",
                Identity.ROOT,
                new Capabilities(mask, mask, mask, 0, 0),
                Bytes.EMPTY,
                true,
                List.of(),
                0_022,
                0);
        String hex = "%016x".formatted(mask);
        assertThat(on.run(on.spec(program)).out().lines())
                .containsExactly(
                        "CapInh:\t0000000000000000",
                        "CapPrm:\t" + hex,
                        "CapEff:\t" + hex,
                        "CapBnd:\t" + hex,
                        "CapAmb:\t0000000000000000");
    }

    @Test
    void runsAsAnotherUserWhoCanStillWriteToDevStdout() {
        Program program = new Program(
                List.of(
                        "sh",
                        "-c",
                        "id -u; id -g; id -G; echo yes > /dev/stdout; umask; cat /proc/self/oom_score_adj; ulimit -n"),
                List.of("PATH=/bin"),
                "/",
                new Identity(1000, 1001, List.of(5, 6)),
                Capabilities.uniform(KernelFixture.DOCKER_CAPABILITIES),
                Bytes.EMPTY,
                false,
                List.of(new Rlimit(Rlimit.resource("nofile"), 77, 88)),
                0_027,
                321);
        assertThat(on.run(on.spec(program)).out()).isEqualTo("1000\n1001\n1001 5 6\nyes\n0027\n321\n77\n");
    }

    @Test
    void makesAMissingWorkingDirectory() {
        Program program = new Program(
                List.of("pwd"),
                List.of("PATH=/bin"),
                "/srv/new/deep",
                Identity.ROOT,
                Capabilities.NONE,
                Bytes.EMPTY,
                false,
                List.of(),
                0_022,
                0);
        assertThat(on.run(on.spec(program)).out()).isEqualTo("/srv/new/deep\n");
    }

    @Test
    void canHaveAReadOnlyRoot() {
        LaunchSpec spec = on.spec(on.program("sh", "-c", "touch /x; touch /dev/shm/y && echo shm"));
        LaunchSpec readOnly = new LaunchSpec(
                spec.program(),
                new Root.Directory(on.root.path(), true),
                spec.mounts(),
                spec.maskedPaths(),
                spec.readOnlyPaths(),
                spec.sysctls(),
                spec.namespaces(),
                Optional.empty(),
                Optional.empty(),
                spec.stdio(),
                spec.exitFile());
        Result result = on.run(readOnly);
        assertThat(result.err()).contains("Read-only file system");
        assertThat(result.out()).isEqualTo("shm\n");
        assertThat(on.root.path().resolve("x")).doesNotExist();
    }

    @Test
    void bindsFilesAndDirectoriesOfTheHost() throws IOException {
        Path data = KernelFixture.made(directory.resolve("data"));
        Files.writeString(data.resolve("f"), "content");
        List<Mount> mounts = List.of(
                new Mount.Bind(data, "/srv/a", true, true),
                new Mount.Bind(data.resolve("f"), "/etc/single", false, false),
                new Mount.Bind(data, "/data", false, true));
        LaunchSpec spec = on.spec(
                on.program("sh", "-c", "cat /srv/a/f /etc/single; touch /srv/a/g; touch /data/h"),
                java.util.stream.Stream.concat(Mount.standard(1 << 20).stream(), mounts.stream())
                        .toList(),
                new Stdio.Pipes(false));
        Result result = on.run(spec);
        assertThat(result.out()).isEqualTo("contentcontent");
        assertThat(result.err()).contains("Read-only file system");
        assertThat(data.resolve("h")).exists();
        assertThat(data.resolve("g")).doesNotExist();
    }

    @Test
    void setsSysctlsOfItsNamespaces() {
        LaunchSpec spec = on.spec(on.program("cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start"));
        LaunchSpec with = new LaunchSpec(
                spec.program(),
                spec.root(),
                spec.mounts(),
                spec.maskedPaths(),
                spec.readOnlyPaths(),
                Map.of("net.ipv4.ip_unprivileged_port_start", "17"),
                spec.namespaces(),
                Optional.empty(),
                Optional.empty(),
                spec.stdio(),
                spec.exitFile());
        assertThat(on.run(with).out()).isEqualTo("17\n");
    }

    @Test
    void feedsItsInputAndEndsIt() {
        LaunchSpec spec = on.spec(on.program("cat"), Mount.standard(1 << 20), new Stdio.Pipes(true));
        try (LaunchedContainer container = on.launcher.start(spec)) {
            on.kernel.write(
                    container.stdin().orElseThrow().number(),
                    "line\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            container.closeStdin();
            assertThat(on.finish(container)).isEqualTo(new Result(new Exit.Code(0), "line\n", ""));
        }
    }

    @Test
    void givesATerminalOfTheContainersOwn() {
        LaunchSpec spec = on.spec(
                on.program("sh", "-c", "tty; stty size; test -t 2 && ls /dev/pts; echo x > /dev/console"),
                Mount.standard(1 << 20),
                new Stdio.Terminal(new Stdio.WindowSize(30, 100)));
        assertThat(on.run(spec).out()).isEqualTo("/dev/pts/0\r\n30 100\r\n0     ptmx\r\nx\r\n");
    }

    @Test
    void sendsCtrlCToTheForegroundOfItsTerminal() {
        LaunchSpec spec = on.spec(
                on.program("sh", "-c", "trap 'echo got; exit 3' INT; echo ready; while :; do sleep 0.05; done"),
                Mount.standard(1 << 20),
                new Stdio.Terminal(new Stdio.WindowSize(24, 80)));
        try (LaunchedContainer container = on.launcher.start(spec)) {
            // before its trap stands, the first process of a namespace is immune to the signal
            on.readUntil(container.stdout().orElseThrow(), "ready");
            on.kernel.write(container.stdin().orElseThrow().number(), new byte[] {3});
            assertThat(on.finish(container).exit()).isEqualTo(new Exit.Code(3));
        }
    }

    @Test
    void doesNothingUntilItIsToldToGo() {
        Prepared prepared = on.launcher.prepare(on.spec(on.program("touch", "/data/ran")));
        assertThat(prepared.state().process().pid()).isPositive();
        prepared.close();
        assertThat(on.root.path().resolve("data/ran")).doesNotExist();
        assertThat(Files.exists(Path.of("/proc/" + prepared.state().process().pid())))
                .isFalse();
    }

    @Test
    void leavesNothingBehindAfterManyStarts() {
        for (int i = 0; i < 200; i++) {
            assertThat(on.run("true").exit()).isEqualTo(new Exit.Code(0));
        }
    }

    @Test
    void refusesAPathThatGoesUp() {
        LaunchSpec spec = on.spec(
                on.program("true"),
                List.of(new Mount.Bind(directory, "/data/../../x", true, true)),
                new Stdio.Pipes(false));
        assertThatThrownBy(() -> on.launcher.start(bare(spec)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path goes up: /data/../../x");
    }

    @Test
    void keepsItsMonitorSmall() throws IOException {
        try (LaunchedContainer container = on.launcher.start(on.spec(on.program("sleep", "100")))) {
            Path rollup = Path.of("/proc/" + container.state().monitor().pid() + "/smaps_rollup");
            long kilobytes = Files.readAllLines(rollup).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
            assertThat(kilobytes).isLessThan(60);
            container.signal(9);
            on.finish(container);
        }
    }

    @Test
    void usesTheRealKernel() {
        assertThat(on.kernel).isSameAs(Kernel.real());
    }
}
