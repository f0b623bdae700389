package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Terminals, execs, attachments and logs, as somebody at a keyboard meets them. */
@OnPlatform
class StreamTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String CTRL_C = "\u0003";
    private static final String DETACH = "\u0010\u0011";

    private final Platform gantry;

    StreamTest(Packaging packaging) {
        gantry = Platforms.of(packaging);
    }

    @AfterEach
    void removeWhatIsLeft() {
        gantry.docker("ps", "-aq").out().lines().forEach(id -> gantry.docker("rm", "-f", id));
    }

    private void sleeper(String name) {
        assertThat(gantry.docker("run", "-d", "--name", name, "busybox", "sleep", "1000")
                        .exit())
                .isZero();
    }

    @Test
    void aPersonAtATerminalTypesReadsAndLeavesWithTheExitCode() {
        try (var terminal = gantry.terminal("docker run -it --rm busybox sh")) {
            terminal.awaitText("# ").type("echo $((6*7)); test -t 0 && echo a terminal; exit 5\n");
            terminal.awaitText("42\r\n").awaitText("a terminal\r\n");
            assertThat(terminal.exit()).isEqualTo(5);
        }
    }

    @Test
    void theTerminalHasTheWindowsSizeAndFollowsIt() {
        try (var terminal = gantry.terminal("docker run -it --rm busybox sh")) {
            terminal.awaitText("# ").awaitText("30 100\r\n", () -> terminal.type("stty size\n"));
            terminal.resize(40, 120).awaitText("40 120\r\n", () -> terminal.type("stty size\n"));
        }
    }

    @Test
    void ctrlCEndsTheProgramAndNotTheShell() {
        try (var terminal = gantry.terminal("docker run -it --rm busybox sh")) {
            terminal.awaitText("# ").type("echo be''gun; sleep 1000\n").awaitText("begun\r\n");
            terminal.awaitText("after 130\r\n", () -> terminal.type(CTRL_C + "echo after $?\n"));
            terminal.type("exit\n");
        }
    }

    @Test
    void detachingLeavesTheContainerAndAttachingFindsItAgain() {
        try (var terminal = gantry.terminal("docker run -it --name left busybox sh")) {
            terminal.awaitText("# ").type("x=kept\n").type(DETACH);
            assertThat(terminal.exit()).isZero();
        }
        assertThat(gantry.docker("inspect", "-f", "{{.State.Running}}", "left").out())
                .isEqualTo("true\n");
        try (var again = gantry.terminal("docker attach left")) {
            again.awaitText("kept\r\n", () -> again.type("echo $x\n")).type("exit 4\n");
            assertThat(again.exit()).isEqualTo(4);
        }
    }

    @Test
    void severalWatchOneTerminal() {
        gantry.docker("run", "-dit", "--name", "shared", "busybox", "sh", "-c", "read line; echo got $line");
        try (var one = gantry.terminal("docker attach shared");
                var two = gantry.terminal("docker attach --no-stdin shared")) {
            Await.until(
                    "both are attached",
                    SOON,
                    () -> events("shared", "event=attach").size() == 2);
            one.type("hello\n");
            one.awaitText("got hello");
            two.awaitText("got hello");
        }
    }

    @Test
    void execsAnswerWithTheirOwnExitCodes() {
        sleeper("host");
        assertThat(exec("host", "sh", "-c", "exit 6").exit()).isEqualTo(6);
        var missing = exec("host", "nosuch");
        assertThat(missing.exit()).isEqualTo(127);
        assertThat(missing.out() + missing.err()).contains("exec: \"nosuch\": executable file not found in $PATH");
        assertThat(exec("host", "/etc/passwd").exit()).isEqualTo(126);
        assertThat(gantry.docker("exec", "-w", "/nosuch", "host", "true").exit())
                .isEqualTo(127);
        assertThat(gantry.docker("exec", "-u", "nosuch", "host", "true").err())
                .contains("unable to find user nosuch: no matching entries in passwd file");
        gantry.docker("kill", "host");
        assertThat(exec("host", "true").err()).contains("is not running");
    }

    private dev.gantry.e2e.harness.Command.Result exec(String container, String... command) {
        var words = new java.util.ArrayList<>(List.of("exec", container));
        words.addAll(List.of(command));
        return gantry.docker(words.toArray(String[]::new));
    }

    @Test
    void execsHaveTheirUserDirectoryAndEnvironment() {
        sleeper("host");
        var run = gantry.docker(
                "exec",
                "-u",
                "alice",
                "-w",
                "/tmp",
                "-e",
                "A=1",
                "host",
                "sh",
                "-c",
                "id -un; pwd; echo $A; echo e >&2");
        assertThat(run.out()).isEqualTo("alice\n/tmp\n1\n");
        assertThat(run.err()).isEqualTo("e\n");
        var input = "line 1\nline 2\n".getBytes(StandardCharsets.UTF_8);
        assertThat(gantry.docker(input, "exec", "-i", "host", "cat").out()).isEqualTo("line 1\nline 2\n");
        assertThat(gantry.docker("exec", "-d", "host", "touch", "/made").exit()).isZero();
        Await.until("the detached exec", SOON, () -> exec("host", "ls", "/made").exit() == 0);
        try (var terminal = gantry.terminal("docker exec -it host sh")) {
            terminal.awaitText("# ").awaitText("30 100\r\n", () -> terminal.type("stty size\n"));
            terminal.type("exit 3\n");
            assertThat(terminal.exit()).isEqualTo(3);
        }
    }

    @Test
    void aHundredMegabytesGoInAndOutByteForByte() {
        var run = gantry.shell("cd $(mktemp -d) && head -c 100M /dev/urandom >big && sha256sum <big"
                + " && docker run -i --rm busybox sha256sum <big"
                + " && docker run -i --rm busybox cat <big | sha256sum; rm -r $PWD");
        assertThat(run.out().lines()).as(run.err()).hasSize(3);
        assertThat(run.out().lines().distinct()).hasSize(1);
    }

    @Test
    void aHundredMegabytesGoThroughAnExecByteForByte() {
        sleeper("host");
        var run = gantry.shell("cd $(mktemp -d) && head -c 100M /dev/urandom >big && sha256sum <big"
                + " && docker exec -i host sha256sum <big"
                + " && docker exec -i host cat <big | sha256sum; rm -r $PWD");
        assertThat(run.out().lines()).as(run.err()).hasSize(3);
        assertThat(run.out().lines().distinct()).hasSize(1);
    }

    @Test
    void logsAreChosenByTimeAndNumberAndShowWhen() {
        gantry.docker("run", "--name", "said", "busybox", "sh", "-c", "echo 1; echo 3");
        gantry.docker("run", "--name", "cried", "busybox", "sh", "-c", "echo 1; echo 2 >&2");
        gantry.docker("run", "-t", "--name", "shown", "busybox", "echo", "x");
        assertThat(gantry.docker("logs", "-n", "1", "said").out()).isEqualTo("3\n");
        assertThat(gantry.docker("logs", "cried").err()).isEqualTo("2\n");
        assertThat(gantry.docker("logs", "--details", "-n", "1", "said").out()).isEqualTo(" 3\n");
        assertThat(gantry.docker("logs", "-t", "-n", "1", "said").out())
                .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{9}Z 3\n");
        assertThat(gantry.docker("logs", "--since", "1h", "said").out()).isEqualTo("1\n3\n");
        assertThat(gantry.docker("logs", "--until", "1h", "said").out()).isEmpty();
        assertThat(gantry.docker("logs", "--since", "2100-01-01T00:00:00Z", "said")
                        .out())
                .isEmpty();
        assertThat(gantry.docker("logs", "-f", "shown").out()).isEqualTo("x\r\n");
        gantry.docker("run", "--log-driver", "none", "--name", "mute", "busybox", "echo", "x");
        assertThat(gantry.docker("logs", "mute").err()).contains("configured logging driver does not support reading");
    }

    @Test
    void theEventsOfARunAndAnExecAreToldInOrderAlsoAfterwards() {
        var id = gantry.docker("run", "-d", "--name", "lived", "busybox", "sleep", "1000")
                .out()
                .strip();
        exec("lived", "sh", "-c", "exit 2");
        Await.until("the exec's end is on the log", SOON, () -> events("lived").contains("exec_die"));
        gantry.docker("rm", "-f", "lived");
        gantry.docker("run", "--rm", "--name", "narrated", "busybox", "true");
        Await.until(
                "the events are on the log",
                SOON,
                () -> events("narrated").contains("destroy") && events(id).contains("destroy"));
        assertThat(events("narrated")).containsExactly("create", "attach", "start", "die", "destroy");
        assertThat(events(id))
                .containsExactly(
                        "create",
                        "start",
                        "exec_create: sh -c exit 2",
                        "exec_start: sh -c exit 2",
                        "exec_die",
                        "kill",
                        "die",
                        "destroy");
        assertThat(events("lived", "event=exec_create")).containsExactly("exec_create: sh -c exit 2");
        assertThat(gantry.docker(
                                "events",
                                "--since",
                                "1h",
                                "--until",
                                "0s",
                                "--filter",
                                "event=exec_die",
                                "--filter",
                                "container=lived",
                                "--format",
                                "{{.Actor.Attributes.exitCode}} {{.From}} {{.Actor.Attributes.execID}}")
                        .out())
                .matches("2 busybox [0-9a-f]{64}\n");
    }

    private List<String> events(String container, String... filters) {
        var words = new java.util.ArrayList<>(
                List.of("events", "--since", "1h", "--until", "0s", "--format", "{{.Action}}"));
        words.addAll(List.of("--filter", "type=container", "--filter", "container=" + container));
        for (var filter : filters) {
            words.addAll(List.of("--filter", filter));
        }
        return gantry.docker(words.toArray(String[]::new)).out().lines().toList();
    }
}
