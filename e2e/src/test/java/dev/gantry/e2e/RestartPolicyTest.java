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

/** Containers that start again by themselves, with the docker CLI. */
@OnPlatform
class RestartPolicyTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration BACK = Duration.ofSeconds(90);

    private final Platform gantry;
    private final Packaging packaging;

    RestartPolicyTest(Packaging packaging) {
        this.packaging = packaging;
        gantry = Platforms.of(packaging);
    }

    @AfterEach
    void removeWhatIsLeft() {
        Await.until(
                "the platform is back", BACK, () -> gantry.docker("ps", "-aq").exit() == 0);
        gantry.docker("rm", "-f", "again");
    }

    private String inspect(String format) {
        return gantry.docker("inspect", "-f", format, "again").out().strip();
    }

    @Test
    void triesAsOftenAsItMay() {
        var run = gantry.docker(
                "run", "-d", "--name", "again", "--restart", "on-failure:2", "busybox", "sh", "-c", "echo try; exit 3");
        assertThat(run.exit()).as(run.err()).isZero();
        Await.until(
                "the last end",
                SOON,
                () -> inspect("{{.State.Status}} {{.RestartCount}} {{.State.ExitCode}}")
                        .equals("exited 2 3"));
        assertThat(gantry.docker("logs", "again").out()).isEqualTo("try\ntry\ntry\n");
        var id = run.out().strip();
        // the log follows the answers by some milliseconds
        Await.until("three runs are on the log", SOON, () -> startsAndEnds(id).size() >= 6);
        assertThat(startsAndEnds(id)).containsExactly("start", "die", "start", "die", "start", "die");
    }

    private List<String> startsAndEnds(String id) {
        return gantry.docker(
                        "events",
                        "--since",
                        "1m",
                        "--until",
                        "0s",
                        "--filter",
                        "container=" + id,
                        "--filter",
                        "event=start",
                        "--filter",
                        "event=die",
                        "--format",
                        "{{.Action}}")
                .out()
                .lines()
                .toList();
    }

    @Test
    void aStopEndsItForGood() {
        gantry.docker("run", "-d", "--name", "again", "--restart", "always", "busybox", "false");
        Await.until(
                "restarts",
                SOON,
                () -> inspect("{{.State.Restarting}} {{.State.Running}}").equals("true true"));
        assertThat(gantry.docker("stop", "again").exit()).isZero();
        assertThat(inspect("{{.State.Status}} {{.State.Restarting}}")).isEqualTo("exited false");
    }

    @Test
    void runsAgainWithoutTheControlPlane() {
        gantry.docker("run", "-d", "--name", "again", "--restart", "unless-stopped", "busybox", "sleep", "1000");
        var before = inspect("{{.State.Pid}}");
        gantry.kill(packaging == Packaging.ONE_CONTROL_PLANE ? "control-plane" : "scheduler");
        ProcessHandle.of(Long.parseLong(before)).orElseThrow().destroyForcibly();
        Await.until(
                "the next run is known",
                BACK,
                () -> inspect("{{.State.Status}} {{.RestartCount}}").equals("running 1"));
        assertThat(inspect("{{.State.Pid}}")).isNotEqualTo(before);
    }

    @Test
    void removingItselfAndStartingAgainExcludeEachOther() {
        var run = gantry.docker("run", "--rm", "--restart", "always", "busybox", "true");
        assertThat(run.exit()).isEqualTo(125);
    }
}
