package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process of the platform is killed while twenty containers run and print: nobody may notice afterwards. */
@OnPlatform
class VictimTest {
    private static final int CONTAINERS = 20;
    private static final int LINES = 200;
    private static final Duration BACK = Duration.ofSeconds(40);
    private static final Duration RIGHT_AFTER_RETURN = Duration.ofSeconds(10);
    private static final Duration ENDED = Duration.ofSeconds(90);

    private final Packaging packaging;
    private final Platform gantry;

    VictimTest(Packaging packaging) {
        this.packaging = packaging;
        gantry = Platforms.of(packaging);
    }

    @AfterEach
    void removeWhatIsLeft() {
        Await.until("the platform is back", BACK, this::answers);
        gantry.docker("ps", "-aq").out().lines().forEach(id -> gantry.docker("rm", "-f", id));
    }

    @Test
    void losesNoOutputAndNoExitCodeWhenTheAgentIsKilled() {
        survivesTheKillOf("agent");
    }

    @Test
    void showsAllOutputToWhoIsAttachedWhileTheAgentIsKilled() throws Exception {
        var script = "i=0; while [ $i -lt " + LINES + " ]; do echo line $i; i=$((i+1)); sleep 0.05; done; exit 7";
        var attached = CompletableFuture.supplyAsync(
                () -> gantry.docker("run", "--network", "none", "--name", "watched", "busybox", "sh", "-c", script));
        Await.until(
                "it prints",
                BACK,
                () -> !gantry.docker("logs", "--tail", "1", "watched").out().isEmpty());
        gantry.kill("agent");
        var run = attached.get(ENDED.toSeconds(), TimeUnit.SECONDS);
        assertThat(run.out()).as(run.err()).isEqualTo(everyLine());
        assertThat(run.exit()).isEqualTo(7);
    }

    @Test
    void losesNoOutputAndNoExitCodeWhenTheSchedulerIsKilled() {
        survivesTheKillOf(packaging == Packaging.ONE_CONTROL_PLANE ? "control-plane" : "scheduler");
    }

    @Test
    void losesNoOutputAndNoExitCodeWhenKafkaIsKilled() {
        survivesTheKillOf("launcher");
    }

    @Test
    void runsOnWhileKafkaIsAwayAndTellsTheEventsLaterInOrderAndOnce() {
        var since = String.valueOf(System.currentTimeMillis() / 1000);
        gantry.kill("launcher");
        var run = gantry.docker("run", "--rm", "--name", "meanwhile", "busybox", "echo", "still here");
        assertThat(run.out()).as(run.err()).isEqualTo("still here\n");
        Await.until("destroy is on the log", BACK, () -> actions(since).contains("destroy"));
        assertThat(actions(since))
                .containsSubsequence("create", "start", "die", "destroy")
                .doesNotHaveDuplicates();
    }

    private List<String> actions(String since) {
        return gantry.docker(
                        "events",
                        "--since",
                        since,
                        "--until",
                        "0s",
                        "--filter",
                        "type=container",
                        "--filter",
                        "container=meanwhile",
                        "--format",
                        "{{.Action}}")
                .out()
                .lines()
                .toList();
    }

    private void survivesTheKillOf(String victim) {
        IntStream.range(0, CONTAINERS).parallel().forEach(this::startPrinter);
        Await.until(
                "all print",
                BACK,
                () -> !gantry.docker("logs", "--tail", "1", name(CONTAINERS - 1))
                        .out()
                        .isEmpty());
        var before = gantry.pid(victim);
        gantry.kill(victim);
        Await.until(victim + " is back", BACK, () -> answers() && gantry.pid(victim) != before && gantry.ready(victim));
        Await.until(
                "docker ps knows every container",
                RIGHT_AFTER_RETURN,
                () -> gantry.docker("ps", "-aq").out().lines().count() == CONTAINERS);
        IntStream.range(0, CONTAINERS).forEach(this::endsAsIfNothingHadHappened);
    }

    private boolean answers() {
        return gantry.docker("version").exit() == 0
                && gantry.docker("logs", "--tail", "1", "none").exit() != 125;
    }

    private void startPrinter(int index) {
        var script = "i=0; while [ $i -lt " + LINES + " ]; do echo line $i; i=$((i+1)); sleep 0.05; done; exit "
                + (index + 10);
        var run = gantry.docker("run", "-d", "--network", "none", "--name", name(index), "busybox", "sh", "-c", script);
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private void endsAsIfNothingHadHappened(int index) {
        Await.until(
                name(index) + " has ended",
                ENDED,
                () -> gantry.docker("inspect", "-f", "{{.State.Status}}", name(index))
                        .out()
                        .equals("exited\n"));
        assertThat(gantry.docker("wait", name(index)).out()).isEqualTo((index + 10) + "\n");
        assertThat(gantry.docker("logs", name(index)).out()).isEqualTo(everyLine());
    }

    private static String everyLine() {
        return IntStream.range(0, LINES).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    private static String name(int index) {
        return "printer-" + index;
    }
}
