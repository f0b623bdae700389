package dev.gantry.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.Fd;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.launch.KernelFixture.Result;
import dev.gantry.linux.launch.Starter.Started;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a container when those die who look after it. */
class SurvivalTest {
    @TempDir
    Path directory;

    @TempDir
    Path starters;

    private KernelFixture on;

    @BeforeEach
    void open() {
        on = KernelFixture.in(directory);
    }

    @AfterEach
    void leavesNothingBehind() {
        on.close();
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    private LaunchedContainer adopted(ContainerState state) {
        return switch (on.launcher.adopt(state)) {
            case Adopted.Running(LaunchedContainer container) -> container;
            case Adopted.Ended(Exit exit) -> throw new AssertionError("ended: " + exit);
        };
    }

    /** As it is for a new agent, which is no ancestor of the old one. */
    private void orphansGoToInit() {
        on.kernel.prctl(ProcessCalls.PR_SET_CHILD_SUBREAPER, 0);
    }

    private static boolean gone(int pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void losesNoOutputAndNoExitCodeWhenItsStarterIsKilled() throws Exception {
        String script = "i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo $i; sleep 0.002; done; exit 9";
        Started started = Starter.run(starters, "start", false, script);
        started.kill();
        try (LaunchedContainer container = adopted(started.state())) {
            assertThat(container.exit()).isEmpty();
            assertThat(on.finish(container)).isEqualTo(new Result(new Exit.Code(9), lines(300), ""));
        }
        KernelFixture.await(
                "the monitor's end", () -> gone(started.state().monitor().pid()));
    }

    @Test
    void keepsOutputAndExitCodeOfWhatEndedWhileNobodyWasThere() throws Exception {
        Started started = Starter.run(starters, "start", false, "sleep 0.3; echo last words; exit 5");
        started.kill();
        KernelFixture.await("its end", () -> gone(started.state().process().pid()));
        assertThat(gone(started.state().monitor().pid())).isFalse();
        try (LaunchedContainer container = adopted(started.state())) {
            assertThat(on.finish(container)).isEqualTo(new Result(new Exit.Code(5), "last words\n", ""));
        }
        KernelFixture.await(
                "the monitor's end", () -> gone(started.state().monitor().pid()));
        assertThat(on.launcher.adopt(started.state())).isEqualTo(new Adopted.Ended(new Exit.Code(5)));
    }

    @Test
    void keepsInputOpenForTheNextAgent() throws Exception {
        Started started = Starter.run(starters, "start", true, "cat; exit 4");
        started.kill();
        try (LaunchedContainer container = adopted(started.state())) {
            Fd stdin = container.stdin().orElseThrow();
            on.kernel.write(stdin.number(), "second\n".getBytes(StandardCharsets.UTF_8));
            container.closeStdin();
            assertThat(on.finish(container)).isEqualTo(new Result(new Exit.Code(4), "first\nsecond\n", ""));
        }
    }

    @Test
    void endsByItselfWhenItsStarterDiesBeforeSayingGo() throws Exception {
        Started started = Starter.run(starters, "prepare", false, "echo never");
        started.kill();
        KernelFixture.await(
                "both to end",
                () -> gone(started.state().process().pid())
                        && gone(started.state().monitor().pid()));
        assertThat(on.launcher.adopt(started.state())).isEqualTo(new Adopted.Ended(new Exit.Code(127)));
    }

    @Test
    void asksTheKernelWhenTheMonitorWasKilled() {
        LaunchSpec spec = on.spec(on.program("sh", "-c", "sleep 0.3; exit 6"));
        try (LaunchedContainer container = on.launcher.start(spec)) {
            on.kernel.kill(container.state().monitor().pid(), 9);
            KernelFixture.await("the exit", () -> container.exit().isPresent());
            assertThat(container.exit()).contains(new Exit.Code(6));
        }
    }

    @Test
    void saysSoWhenNobodySawTheEnd() throws Exception {
        orphansGoToInit();
        Started started = Starter.run(starters, "start", false, "sleep 0.5; exit 6");
        started.kill();
        on.kernel.kill(started.state().monitor().pid(), 9);
        Path process = Path.of("/proc/" + started.state().process().pid());
        KernelFixture.await("init to wait for it", () -> !Files.exists(process));
        assertThat(on.launcher.adopt(started.state())).isEqualTo(new Adopted.Ended(new Exit.Unknown()));
    }

    @Test
    void adoptsAContainerWhoseMonitorIsGone() throws Exception {
        orphansGoToInit();
        Started started = Starter.run(starters, "start", false, "sleep 0.7; exit 3");
        started.kill();
        on.kernel.kill(started.state().monitor().pid(), 9);
        KernelFixture.await(
                "the monitor's end", () -> gone(started.state().monitor().pid()));
        try (LaunchedContainer container = adopted(started.state())) {
            assertThat(container.stdout()).isEmpty();
            assertThat(container.exit()).isEmpty();
            KernelFixture.await("the exit", () -> container.exit().isPresent());
            assertThat(container.exit()).contains(new Exit.Code(3));
        }
    }

    @Test
    void doesNotTakeAnotherProcessForItsOwn() throws IOException {
        ContainerState.ProcessIdentity self =
                ProcessStat.identity(on.kernel, (int) ProcessHandle.current().pid());
        ContainerState.ProcessIdentity stranger = new ContainerState.ProcessIdentity(self.pid(), self.startTime() + 1);
        ContainerState state = new ContainerState(
                stranger,
                stranger,
                new ContainerState.MonitorDescriptors(6, 7, -1, -1, 8, 5, false),
                directory.resolve("none").toString());
        assertThat(on.launcher.adopt(state)).isEqualTo(new Adopted.Ended(new Exit.Unknown()));
    }
}
