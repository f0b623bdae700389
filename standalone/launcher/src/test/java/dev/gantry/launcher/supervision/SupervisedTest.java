package dev.gantry.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.platform.os.Daemon;
import dev.gantry.platform.os.Deadline;
import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.ProcessId;
import dev.gantry.platform.os.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** Nobody listens there: these processes never get ready. */
    private static final HealthProbe NEVER = new HealthProbe(1);

    @TempDir
    Path directory;

    private Daemon daemon;
    private Supervised supervised;

    private Daemon daemon(String... command) {
        return new Daemon(
                "sleeper",
                List.of(command),
                Map.of(),
                OsUser.current(),
                directory.resolve("logs/sleeper.log"),
                directory.resolve("sleeper.pid"),
                Path.of("/"));
    }

    private Supervised supervised() {
        return new Supervised(daemon, NEVER, new StatusBoard(directory.resolve("status")));
    }

    @BeforeEach
    void create() {
        daemon = daemon("sleep", "600");
        supervised = supervised();
    }

    @AfterEach
    void stop() throws IOException {
        supervised.stop();
        assertThat(daemon.running()).isEmpty();
    }

    @Test
    void startsAgainAProcessThatWasKilled() throws IOException {
        supervised.start();
        var first = awaitRunning();

        first.send(Signal.KILL);

        assertThat(Deadline.in(SOON)
                        .await(() -> running().filter(now -> !now.equals(first)).isPresent()))
                .isTrue();
    }

    @Test
    void adoptsWhatAnEarlierLauncherHasLeft() throws IOException {
        var left = daemon.start();

        supervised.start();

        assertThat(Deadline.in(SOON).await(() -> status().contains("\t" + left.pid() + "\t")))
                .isTrue();
        assertThat(running()).contains(left);
    }

    @Test
    void watchesAnAdoptedProcessToo() throws IOException {
        var left = daemon.start();
        supervised.start();

        left.send(Signal.KILL);

        assertThat(Deadline.in(SOON)
                        .await(() -> running().filter(now -> !now.equals(left)).isPresent()))
                .isTrue();
    }

    @Test
    void doesNotAdoptAStrangerWithTheSameNumber() throws IOException {
        var stranger = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();
        Files.writeString(daemon.pidFile(), new ProcessId(stranger.pid(), stranger.startTicks() - 1).toString());

        supervised.start();

        assertThat(awaitRunning().pid()).isNotEqualTo(stranger.pid());
    }

    @Test
    void waitsLongerAfterEachFailure() throws IOException {
        daemon = daemon("false");
        supervised = supervised();

        supervised.start();

        assertThat(Deadline.in(SOON).await(() -> status().endsWith("\t2\n"))).isTrue();
    }

    private ProcessId awaitRunning() {
        assertThat(Deadline.in(SOON).await(() -> running().isPresent())).isTrue();
        return running().orElseThrow();
    }

    private Optional<ProcessId> running() {
        try {
            return daemon.running();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String status() {
        try {
            return Files.readString(directory.resolve("status"));
        } catch (IOException e) {
            return ""; // not written yet
        }
    }
}
