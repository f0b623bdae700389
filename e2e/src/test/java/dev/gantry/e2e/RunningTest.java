package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is seen of a container while it runs, and what can be done to it, with the docker CLI. */
@OnPlatform
class RunningTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Platform gantry;

    RunningTest(Packaging packaging) {
        gantry = Platforms.of(packaging);
    }

    @AfterEach
    void removeWhatIsLeft() {
        gantry.docker("rm", "-f", "seen");
    }

    private String docker(String... words) {
        var run = gantry.docker(words);
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out().strip();
    }

    private String inspect(String format) {
        return docker("inspect", "-f", format, "seen");
    }

    @Test
    void aPausedContainerIsStoppedAndGoesOn() {
        docker("run", "-d", "--name", "seen", "busybox", "sleep", "1000");
        docker("pause", "seen");
        assertThat(docker("ps", "--filter", "name=seen", "--format", "{{.State}} {{.Status}}"))
                .startsWith("paused Up ")
                .endsWith("(Paused)");
        assertThat(gantry.docker("exec", "seen", "true").err())
                .contains("Container seen is paused, unpause the container before exec");
        docker("unpause", "seen");
        docker("exec", "seen", "true");
        docker("pause", "seen");
        docker("stop", "-t", "0", "seen");
        assertThat(inspect("{{.State.Status}} {{.State.Paused}}")).isEqualTo("exited false");
    }

    @Test
    void itsProcessesItsUseAndItsLimitsAreSeenAndChanged() {
        docker("run", "-d", "--name", "seen", "-m", "64m", "busybox", "sleep", "1000");
        docker("exec", "-d", "seen", "sleep", "2000");
        Await.until("the exec is known", SOON, () -> inspect("{{len .ExecIDs}}").equals("1"));
        assertThat(docker("top", "seen", "-o", "pid,args").lines())
                .anyMatch(line -> line.endsWith("sleep 1000"))
                .anyMatch(line -> line.endsWith("sleep 2000"))
                .hasSize(3);
        assertThat(docker("stats", "--no-stream", "--format", "{{.Name}} {{.PIDs}} {{.MemUsage}}", "seen"))
                .startsWith("seen 2 ")
                .endsWith(" / 64MiB");
        docker("update", "-m", "32m", "--restart", "always", "seen");
        assertThat(docker("stats", "--no-stream", "--format", "{{.MemUsage}}", "seen"))
                .endsWith(" / 32MiB");
        assertThat(inspect("{{.HostConfig.Memory}} {{.HostConfig.RestartPolicy.Name}}"))
                .isEqualTo("33554432 always");
    }

    @Test
    void aRestartIsToldInDockersWordsAndJoinsItsNetworkAnew() {
        var id = docker("run", "-d", "--name", "seen", "busybox", "sleep", "1000");
        var endpoint = inspect("{{.NetworkSettings.Networks.bridge.EndpointID}}");
        docker("restart", "-t", "0", "seen");
        assertThat(inspect("{{.NetworkSettings.Networks.bridge.EndpointID}}"))
                .hasSameSizeAs(endpoint)
                .isNotEqualTo(endpoint);
        Await.until("it is on the log", SOON, () -> events(id).contains("restart"));
        assertThat(events(id)).containsExactly("create", "start", "kill", "kill", "stop", "die", "start", "restart");
    }

    private List<String> events(String id) {
        return docker(
                        "events",
                        "--since",
                        "1m",
                        "--until",
                        "0s",
                        "--filter",
                        "container=" + id,
                        "--format",
                        "{{.Action}}")
                .lines()
                .toList();
    }
}
