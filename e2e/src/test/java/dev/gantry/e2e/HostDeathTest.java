package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The host loses its power and boots again. With clients in the middle of everything: {@link dev.gantry.e2e.fault}, and the other packaging. */
@ExtendWith(Platforms.class)
class HostDeathTest {
    private static final Duration BACK = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PRINT = "i=0; while :; do echo $HOSTNAME line $i; i=$((i+1)); sleep 0.1; done";

    private final Platform gantry = Platforms.of(Packaging.ONE_CONTROL_PLANE);

    @AfterEach
    void removeWhatIsLeft() {
        Await.until(
                "the platform is back", BACK, () -> gantry.docker("ps", "-aq").exit() == 0);
        gantry.shell("docker rm -fv hd-web hd-kept hd-held hd-hand hd-job 2>/dev/null; docker volume rm -f hd-notes");
    }

    @Test
    void whatShouldRunRunsAgainAndTheRestHasEnded() {
        run("--restart", "always", "--name", "hd-web", "-p", "127.0.0.1:28471:80", "-v", "hd-notes:/notes", "busybox");
        run("--restart", "unless-stopped", "--name", "hd-kept", "busybox");
        run("--restart", "unless-stopped", "--name", "hd-held", "busybox");
        run("--restart", "always", "--name", "hd-hand", "busybox");
        run("--name", "hd-job", "busybox");
        run("--rm", "--name", "hd-gone", "busybox");
        assertThat(gantry.docker("stop", "-t", "0", "hd-held", "hd-hand").exit())
                .isZero();
        assertThat(gantry.docker("exec", "hd-web", "sh", "-c", "echo kept >/notes/a; echo mine >/b")
                        .exit())
                .isZero();
        Await.until("it has printed", SOON, () -> lines("hd-web") > 3);
        var address = address();
        var before = gantry.docker("logs", "hd-web").out();

        gantry.hostDies();
        gantry.boot();

        for (var name : new String[] {"hd-web", "hd-kept", "hd-hand"}) {
            Await.until(name + " runs", SOON, () -> state(name).startsWith("running"));
        }
        assertThat(state("hd-held")).startsWith("exited");
        assertThat(state("hd-job")).isEqualTo("exited 255");
        assertThat(gantry.docker("inspect", "-f", "{{.State.FinishedAt}}", "hd-job")
                        .out())
                .doesNotStartWith("0001");
        Await.until(
                "--rm has removed it",
                SOON,
                () -> gantry.docker("inspect", "hd-gone").exit() != 0);
        assertThat(gantry.docker("exec", "hd-web", "cat", "/notes/a", "/b").out())
                .isEqualTo("kept\nmine\n");
        assertThat(address()).isEqualTo(address);
        assertThat(gantry.docker("port", "hd-web").out()).isEqualTo("80/tcp -> 127.0.0.1:28471\n");
        Await.until(
                "it prints again",
                SOON,
                () -> gantry.docker("logs", "hd-web").out().length() > before.length());
        assertThat(gantry.docker("logs", "hd-web").out()).startsWith(before);
        gantry.assertConsistent();
    }

    private void run(String... options) {
        var words = new java.util.ArrayList<>(java.util.List.of("run", "-d"));
        words.addAll(java.util.List.of(options));
        words.addAll(java.util.List.of("sh", "-c", PRINT));
        var run = gantry.docker(words.toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private long lines(String name) {
        return gantry.docker("logs", name).out().lines().count();
    }

    private String address() {
        return gantry.docker("inspect", "-f", "{{.NetworkSettings.Networks.bridge.IPAddress}}", "hd-web")
                .out();
    }

    private String state(String name) {
        return gantry.docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", name)
                .out()
                .strip();
    }
}
