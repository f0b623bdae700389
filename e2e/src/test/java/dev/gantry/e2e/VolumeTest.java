package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.Command.Result;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes, binds and tmpfs, with the docker CLI. */
@OnPlatform
class VolumeTest {
    private final Packaging packaging;
    private final Platform gantry;

    @TempDir
    private Path host = Path.of("");

    VolumeTest(Packaging packaging) {
        this.packaging = packaging;
        gantry = Platforms.of(packaging);
    }

    @AfterEach
    void removeWhatIsLeft() {
        gantry.docker("ps", "-aq").out().lines().forEach(id -> gantry.docker("rm", "-fv", id));
        gantry.docker("volume", "prune", "-af");
    }

    private String run(String... arguments) {
        var words = new java.util.ArrayList<String>(java.util.List.of("run", "--network", "none"));
        words.addAll(java.util.List.of(arguments));
        Result result = gantry.docker(words.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        return result.out();
    }

    private String docker(String... arguments) {
        return gantry.docker(arguments).out();
    }

    @Test
    void aNamedVolumeOutlivesItsContainers() throws IOException {
        run("--rm", "-v", "kept:/d", "busybox", "sh", "-c", "echo kept > /d/f");
        assertThat(run("--rm", "-v", "kept:/data:ro", "busybox", "cat", "/data/f"))
                .isEqualTo("kept\n");
        assertThat(docker("volume", "ls", "-q")).isEqualTo("kept\n");
        var mountpoint = Path.of(
                docker("volume", "inspect", "-f", "{{.Mountpoint}}", "kept").strip());
        assertThat(Files.readString(mountpoint.resolve("f"))).isEqualTo("kept\n");
        assertThat(docker("volume", "rm", "kept")).isEqualTo("kept\n");
        assertThat(mountpoint).doesNotExist();
    }

    @Test
    void anEmptyVolumeBeginsWithWhatTheImageHas() {
        assertThat(run("--rm", "-v", "etc:/etc", "busybox", "cat", "/etc/group"))
                .contains("alice");
        assertThat(run("--rm", "-v", "etc:/other", "busybox", "ls", "/other")).contains("passwd");
        assertThat(run("--rm", "-v", "none:/etc:nocopy", "busybox", "ls", "/etc"))
                .doesNotContain("passwd");
    }

    @Test
    void anonymousVolumesGoWithTheirContainerWhenAskedTo() {
        run("--name", "c1", "-v", "/d", "busybox", "true");
        assertThat(docker("volume", "ls", "-q").strip()).matches("[0-9a-f]{64}");
        docker("rm", "c1");
        assertThat(docker("volume", "ls", "-q")).isNotEmpty();
        assertThat(docker("volume", "prune", "-f")).contains("Deleted Volumes:");
        run("--name", "c2", "-v", "/d", "-v", "named:/n", "busybox", "true");
        docker("rm", "-v", "c2");
        assertThat(docker("volume", "ls", "-q")).isEqualTo("named\n");
        run("--rm", "-v", "/d", "busybox", "true");
        assertThat(docker("volume", "ls", "-q")).isEqualTo("named\n");
    }

    @Test
    void aVolumeInUseCannotBeRemoved() {
        var id = docker("create", "--name", "user", "-v", "used:/d", "busybox", "true")
                .strip();
        assertThat(gantry.docker("volume", "rm", "used").err())
                .isEqualTo("Error response from daemon: remove used: volume is in use - [" + id + "]\n");
        assertThat(docker("ps", "-aq", "--no-trunc", "--filter", "volume=used")).isEqualTo(id + "\n");
        assertThat(docker("volume", "ls", "-q", "--filter", "dangling=true")).isEmpty();
        docker("rm", "user");
        assertThat(docker("volume", "rm", "used")).isEqualTo("used\n");
        assertThat(gantry.docker("volume", "rm", "used").err()).contains("get used: no such volume");
    }

    @Test
    void oneContainerTakesTheVolumesOfAnother() {
        docker("create", "--name", "holder", "-v", "shared:/a", "-v", host + ":/b", "busybox", "true");
        run("--rm", "--volumes-from", "holder", "busybox", "sh", "-c", "echo 1 > /a/f; echo 2 > /b/g");
        assertThat(run(
                        "--rm",
                        "--volumes-from",
                        "holder:ro",
                        "busybox",
                        "sh",
                        "-c",
                        "cat /a/f /b/g; touch /a/x 2>/dev/null || :"))
                .startsWith("1\n2\n");
        assertThat(host.resolve("g")).hasContent("2\n");
        assertThat(gantry.docker("run", "--rm", "--volumes-from", "nosuch", "busybox", "true")
                        .err())
                .contains("No such container: nosuch");
    }

    @Test
    void pathsOfTheHostAreBoundAndMadeOnlyByTheShortForm() throws IOException {
        Files.writeString(host.resolve("f"), "of the host\n");
        assertThat(run("--rm", "-v", host + ":/d:ro", "busybox", "cat", "/d/f")).isEqualTo("of the host\n");
        assertThat(run("--rm", "-v", host + "/f:/etc/single", "busybox", "cat", "/etc/single"))
                .isEqualTo("of the host\n");
        run("--rm", "-v", host + "/made:/d", "busybox", "true");
        assertThat(host.resolve("made")).isDirectory();
        var missing =
                gantry.docker("run", "--rm", "--mount", "type=bind,src=" + host + "/none,dst=/d", "busybox", "true");
        assertThat(missing.exit()).isEqualTo(125);
        assertThat(missing.err())
                .contains("invalid mount config for type \"bind\": bind source path does not exist: " + host + "/none");
        assertThat(gantry.docker("run", "--rm", "-v", "/a:/x", "-v", "/b:/x", "busybox", "true")
                        .err())
                .contains("Duplicate mount point: /x");
    }

    @Test
    void aTmpfsIsOnesOwn() {
        assertThat(run("--rm", "--tmpfs", "/t:size=1m", "busybox", "sh", "-c", "mount | grep ' /t '"))
                .contains("rw,nosuid,nodev,noexec", "size=1024k");
        assertThat(run(
                        "--rm",
                        "--mount",
                        "type=tmpfs,dst=/t,tmpfs-size=2m,tmpfs-mode=700",
                        "busybox",
                        "sh",
                        "-c",
                        "mount | grep ' /t '"))
                .contains("size=2048k", "mode=700");
    }

    @Test
    void inspectShowsTheMounts() {
        run("--name", "shown", "--mount", "type=volume,src=v2,dst=/v,readonly", "-v", "v3:/w", "busybox", "true");
        assertThat(docker(
                        "inspect",
                        "-f",
                        "{{range .Mounts}}{{.Type}} {{.Name}} {{.Destination}} {{.Driver}} {{.Mode}} {{.RW}};{{end}}",
                        "shown"))
                .contains("volume v2 /v local z false;", "volume v3 /w local z true;");
        assertThat(docker("ps", "-a", "--format", "{{.Mounts}}")).contains("v2", "v3");
    }

    @Test
    void theEventsOfAVolumeAreOnTheLog() {
        run("--rm", "-v", "announced:/d", "busybox", "true");
        docker("volume", "rm", "announced");
        Await.until("the events are on the log", Duration.ofSeconds(5), () -> events().contains("destroy"));
        assertThat(events().lines()).containsExactly("create", "mount", "unmount", "destroy");
    }

    private String events() {
        return docker(
                "events", "--since", "1h", "--until", "0s", "--filter", "volume=announced", "--format", "{{.Action}}");
    }

    @Test
    void everythingIsThereAfterTheServiceWasKilled() {
        docker("volume", "create", "--label", "a=1", "survivor");
        docker("create", "--name", "owner", "-v", "survivor:/d", "busybox", "sh", "-c", "echo 1 > /d/f");
        gantry.kill(packaging == Packaging.ONE_CONTROL_PLANE ? "control-plane" : "volume");
        Await.until(
                "volumes are listed again",
                Duration.ofSeconds(60),
                () -> docker("volume", "ls", "-q").equals("survivor\n"));
        Await.until(
                "the container starts",
                Duration.ofSeconds(60),
                () -> gantry.docker("start", "-a", "owner").exit() == 0);
        assertThat(gantry.docker("volume", "rm", "survivor").err()).contains("volume is in use");
        docker("rm", "owner");
        assertThat(docker("volume", "rm", "survivor")).isEqualTo("survivor\n");
    }
}
