package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first hour of a new user, with the docker CLI. */
@OnPlatform
class TourTest {
    private final Platform gantry;

    TourTest(Packaging packaging) {
        gantry = Platforms.of(packaging);
    }

    @AfterEach
    void removeWhatIsLeft() {
        gantry.docker("ps", "-aq").out().lines().forEach(id -> gantry.docker("rm", "-f", id));
    }

    @Test
    void runsAProgramAndShowsItsOutput() {
        var run = gantry.docker("run", "--rm", "busybox", "echo", "hello");
        assertThat(run.out()).isEqualTo("hello\n");
        assertThat(run.exit()).isZero();
        assertThat(gantry.docker("ps", "-aq").out()).isEmpty();
    }

    @Test
    void handsOnTheExitCode() {
        assertThat(gantry.docker("run", "--rm", "busybox", "sh", "-c", "exit 7").exit())
                .isEqualTo(7);
    }

    @Test
    void keepsStandardOutputAndErrorApart() {
        var run = gantry.docker("run", "--rm", "--network", "none", "busybox", "sh", "-c", "echo out; echo err >&2");
        assertThat(run.out()).isEqualTo("out\n");
        assertThat(run.err()).isEqualTo("err\n");
    }

    @Test
    void passesStandardInputOn() {
        var run = gantry.docker(
                "line 1\nline 2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "run",
                "-i",
                "--rm",
                "busybox",
                "cat");
        assertThat(run.out()).isEqualTo("line 1\nline 2\n");
    }

    @Test
    void saysThatAProgramIsMissing() {
        var run = gantry.docker("run", "busybox", "nosuchprogram");
        assertThat(run.exit()).isEqualTo(127);
        assertThat(run.err()).contains("exec: \"nosuchprogram\": executable file not found in $PATH");
    }

    @Test
    void saysThatAFileIsNoProgram() {
        var run = gantry.docker("run", "busybox", "/etc/passwd");
        assertThat(run.exit()).isEqualTo(126);
        assertThat(run.err()).contains("permission denied");
    }

    @Test
    void saysWhyAnImageCannotBeHad() {
        var run = gantry.docker("run", "nosuchimage");
        assertThat(run.exit()).isEqualTo(125);
        assertThat(run.err()).contains("nosuchimage");
    }

    @Test
    void createsStartsInspectsAndRemoves() {
        var id = gantry.docker("create", "--name", "tour", "busybox", "sleep", "1000")
                .out()
                .strip();
        assertThat(id).matches("[0-9a-f]{64}");
        assertThat(gantry.docker("start", "tour").out()).isEqualTo("tour\n");
        assertThat(gantry.docker("inspect", "-f", "{{.State.Status}} {{.Id}}", "tour")
                        .out())
                .isEqualTo("running " + id + "\n");
        assertThat(gantry.docker("ps", "--format", "{{.Names}} {{.Image}} {{.Status}}")
                        .out())
                .startsWith("tour busybox Up ");
        assertThat(gantry.docker("rm", "tour").err()).contains("container is running");
        assertThat(gantry.docker("rm", "-f", "tour").exit()).isZero();
        assertThat(gantry.docker("ps", "-aq").out()).isEmpty();
    }

    @Test
    void stopsKillsAndWaits() {
        gantry.docker(
                "run",
                "-d",
                "--name",
                "polite",
                "busybox",
                "sh",
                "-c",
                "trap 'exit 3' TERM; while :; do sleep 0.1; done");
        assertThat(gantry.docker("stop", "polite").exit()).isZero();
        assertThat(gantry.docker("wait", "polite").out()).isEqualTo("3\n");
        gantry.docker("run", "-d", "--name", "stubborn", "busybox", "sleep", "1000");
        assertThat(gantry.docker("kill", "stubborn").exit()).isZero();
        assertThat(gantry.docker("wait", "stubborn").out()).isEqualTo("137\n");
        assertThat(gantry.docker("ps", "-a", "--filter", "name=stubborn", "--format", "{{.Status}}")
                        .out())
                .startsWith("Exited (137) ");
    }

    @Test
    void followsTheLogs() throws Exception {
        gantry.docker(
                "run", "-d", "--name", "talker", "busybox", "sh", "-c", "for i in 1 2 3; do echo $i; sleep 0.2; done");
        assertThat(gantry.docker("logs", "-f", "talker").out()).isEqualTo("1\n2\n3\n");
        assertThat(gantry.docker("logs", "--tail", "1", "talker").out()).isEqualTo("3\n");
    }

    @Test
    void listsTagsInspectsAndRemovesImages() {
        assertThat(gantry.docker("tag", "busybox", "other:1").exit()).isZero();
        assertThat(gantry.docker("images", "--format", "{{.Repository}}:{{.Tag}}")
                        .out()
                        .lines())
                .contains("busybox:latest", "other:1");
        assertThat(gantry.docker("image", "inspect", "-f", "{{.Os}}", "other:1").out())
                .isEqualTo("linux\n");
        assertThat(gantry.docker("history", "-q", "busybox").exit()).isZero();
        assertThat(gantry.docker("rmi", "other:1").out()).contains("Untagged: other:1");
        assertThat(gantry.docker("images", "-q", "other").out()).isEmpty();
    }

    @Test
    void isolatesTheNetworkOrShowsTheHosts() {
        assertThat(gantry.docker("run", "--rm", "--network", "none", "busybox", "ls", "/sys/class/net")
                        .out())
                .isEqualTo("lo\n");
        var host = gantry.docker("run", "--rm", "--network", "host", "busybox", "hostname")
                .out()
                .strip();
        assertThat(host).isEqualTo(hostName());
    }

    private static String hostName() {
        try {
            return java.nio.file.Files.readString(java.nio.file.Path.of("/proc/sys/kernel/hostname"))
                    .strip();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void tellsTheEventsInOrder() {
        gantry.docker("run", "--rm", "--name", "told", "--network", "none", "busybox", "true");
        Await.until("the events are on the log", Duration.ofSeconds(5), () -> events().contains("destroy"));
        assertThat(events().lines()).containsSubsequence("create", "start", "die", "destroy");
    }

    private String events() {
        return gantry.docker(
                        "events",
                        "--since",
                        "1h",
                        "--until",
                        "0s",
                        "--filter",
                        "container=told",
                        "--format",
                        "{{.Action}}")
                .out();
    }

    @Test
    void tellsVersionAndInfo() {
        assertThat(gantry.docker("version", "--format", "{{.Server.APIVersion}}")
                        .out())
                .isEqualTo("1.51\n");
        assertThat(gantry.docker("info", "--format", "{{.OSType}} {{.NCPU}}").out())
                .startsWith("linux ");
    }

    @Test
    void limitsMemoryAndProcessors() {
        var run = gantry.docker(
                "run", "--rm", "-m", "64m", "--cpus", "0.5", "busybox", "sh", "-c", "cat /proc/self/cgroup; echo ran");
        assertThat(run.out()).endsWith("ran\n");
    }
}
