package dev.gantry.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.linux.Errno;
import dev.gantry.linux.launch.KernelFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways out of other runtimes that became known, tried on this one. */
class EscapeTest {
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

    private LaunchSpec in(String cwd, String... argv) {
        Capabilities capabilities = Capabilities.uniform(KernelFixture.DOCKER_CAPABILITIES);
        Program program = new Program(
                List.of(argv),
                List.of("PATH=/bin"),
                cwd,
                Identity.ROOT,
                capabilities,
                Bytes.EMPTY,
                false,
                List.of(),
                0_022,
                0);
        return on.spec(program);
    }

    /** CVE-2019-5736: the runtime's own executable, reached as /proc/self/exe, was overwritten. */
    @Test
    void hasNoExecutableOfTheHostToOverwrite() throws IOException {
        assertThat(on.run("/proc/self/exe").exit()).isEqualTo(new Exit.Code(127));
        Files.createSymbolicLink(on.root.path().resolve("entry"), Path.of("/proc/self/exe"));
        assertThat(on.run("/entry").exit()).isEqualTo(new Exit.Code(127));
        try (Prepared prepared = on.launcher.prepare(on.spec(on.program("true")))) {
            Path image = Path.of("/proc/" + prepared.state().process().pid() + "/exe");
            assertThat(Files.readSymbolicLink(image).toString()).startsWith("/memfd:gantry-monitor");
            int fd = on.kernel.open(image.toString(), 0, 0);
            int getSeals = 1034;
            int all = 0xf;
            assertThat(on.kernel.fcntl(fd, getSeals, 0)).isEqualTo(all);
            on.kernel.close(fd);
        }
    }

    /** CVE-2024-21626: a working directory given as /proc/self/fd/7 was a directory of the host. */
    @Test
    void hasNoInheritedDirectoryToStandIn() throws IOException {
        Files.createSymbolicLink(on.root.path().resolve("link"), Path.of("/proc/self/fd/9"));
        List<String> directories = new ArrayList<>(List.of("/link"));
        for (int fd = 3; fd < 24; fd++) {
            directories.add("/proc/self/fd/" + fd);
        }
        for (String cwd : directories) {
            LaunchSpec spec = in(cwd, "pwd");
            assertThatThrownBy(() -> on.run(spec))
                    .as(cwd)
                    .isInstanceOfSatisfying(
                            LaunchFailure.class,
                            failure -> assertThat(failure.errno()).isIn(Errno.ELOOP, Errno.ENOENT, Errno.ENOTDIR));
        }
        assertThat(on.sh("readlink /proc/1/cwd; readlink /proc/1/root").out()).isEqualTo("/\n/\n");
    }

    /** CVE-2025-31133 and CVE-2019-19921: what was covered was not /proc, or what covered it was not /dev/null. */
    @Test
    void coversTheRealProcWhateverTheImageSays() throws IOException {
        Path root = on.root.path();
        Files.delete(root.resolve("proc"));
        Files.createDirectory(root.resolve("fake"));
        Files.writeString(root.resolve("fake/keys"), "");
        Files.createSymbolicLink(root.resolve("proc"), Path.of("/fake"));
        Files.delete(root.resolve("dev"));
        Files.createSymbolicLink(root.resolve("dev"), Path.of("/etc/dev"));
        Files.createDirectories(root.resolve("etc/dev"));
        Files.createSymbolicLink(root.resolve("etc/dev/null"), Path.of("/proc/sys/kernel/core_pattern"));
        Result result = on.sh("stat -c '%F %t:%T' /proc/keys; ls /proc/acpi /sys/firmware | wc -l; "
                + "grep -c keys /proc/self/mountinfo; echo x > /proc/sys/kernel/core_pattern");
        assertThat(result.out()).isEqualTo("character special file 1:3\n3\n1\n");
        assertThat(result.err()).contains("Read-only file system");
        try (var left = Files.list(root.resolve("etc/dev"))) {
            assertThat(left).as("what was mounted there did not touch it").hasSize(1);
        }
    }

    @Test
    void cannotUncoverWhatIsCovered() {
        Result result =
                on.sh("umount /proc/keys; rm /proc/keys; touch /proc/acpi/x /sys/firmware/x; wc -c < /proc/keys");
        assertThat(result.out().strip()).isEqualTo("0");
    }

    /** CVE-2025-52881: a write to a sysctl went elsewhere. */
    @Test
    void writesSysctlsToTheRealProc() throws IOException {
        Path root = on.root.path();
        Files.delete(root.resolve("proc"));
        Files.createDirectories(root.resolve("fake/sys/net/ipv4"));
        Files.createSymbolicLink(root.resolve("proc"), Path.of("/fake"));
        Files.writeString(root.resolve("fake/sys/net/ipv4/ip_unprivileged_port_start"), "untouched");
        LaunchSpec spec = on.spec(on.program("cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start"));
        assertThat(on.run(withSysctl(spec, "net.ipv4.ip_unprivileged_port_start", "19"))
                        .out())
                .isEqualTo("19\n");
        assertThat(root.resolve("fake/sys/net/ipv4/ip_unprivileged_port_start")).hasContent("untouched");
        LaunchSpec up = withSysctl(spec, "net/../../../etc/passwd", "x");
        assertThatThrownBy(() -> on.run(up)).isInstanceOf(LaunchFailure.class);
    }

    private static LaunchSpec withSysctl(LaunchSpec spec, String name, String value) {
        return new LaunchSpec(
                spec.program(),
                spec.root(),
                spec.mounts(),
                spec.maskedPaths(),
                spec.readOnlyPaths(),
                Map.of(name, value),
                spec.namespaces(),
                Optional.empty(),
                Optional.empty(),
                spec.stdio(),
                spec.exitFile());
    }

    /** CVE-2018-15664: a link in the image led a mount out of it. */
    @Test
    void makesMountTargetsInsideTheRootOnly() throws IOException {
        Path outside = KernelFixture.made(directory.resolve("outside"));
        Path source = KernelFixture.made(directory.resolve("source"));
        Files.writeString(source.resolve("f"), "inside");
        Path root = on.root.path();
        Files.createSymbolicLink(root.resolve("absolute"), outside);
        Files.createSymbolicLink(root.resolve("relative"), Path.of("../outside"));
        List<Mount> mounts = new ArrayList<>(Mount.standard(1 << 20));
        mounts.add(new Mount.Bind(source, "/relative/x", true, true));
        Files.createDirectories(root.resolve("outside"));
        LaunchSpec spec = on.spec(on.program("cat", "/outside/x/f"), mounts, new Stdio.Pipes(false));
        assertThat(on.run(spec).out()).isEqualTo("inside");
        List<Mount> dangling = List.of(new Mount.Bind(source, "/absolute/y", true, true), mounts.get(1));
        LaunchSpec refused = on.spec(on.program("true"), dangling, new Stdio.Pipes(false));
        assertThatThrownBy(() -> on.run(refused))
                .isInstanceOf(LaunchFailure.class)
                .hasMessage("open /absolute: ENOENT (no such file or directory)");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void seesNothingOfTheHostsMounts() {
        assertThat(on.run("cat", "/proc/self/mountinfo").out().lines())
                .noneMatch(line -> line.contains("/sys/fs/cgroup"))
                .allMatch(line -> !line.contains("shared:") && !line.contains("master:"));
    }
}
