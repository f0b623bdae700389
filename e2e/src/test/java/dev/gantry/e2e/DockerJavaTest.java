package dev.gantry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import dev.gantry.e2e.harness.JavaClient;
import dev.gantry.e2e.harness.JavaClient.Frames;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platforms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** docker-java, unmodified, over the unix socket: containers. */
@OnPlatform
class DockerJavaTest {
    private static final String IMAGE = "busybox:latest";
    private static final Map<String, String> MINE = Map.of("suite", "docker-java");

    private final DockerClient engine;

    DockerJavaTest(Packaging packaging) {
        engine = JavaClient.of(Platforms.of(packaging));
    }

    @AfterEach
    void removeWhatIsLeft() throws IOException {
        for (var container : mine()) {
            engine.removeContainerCmd(container.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        }
        engine.close();
    }

    private List<Container> mine() {
        return engine.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(MINE)
                .exec();
    }

    private CreateContainerCmd shell(String script) {
        return engine.createContainerCmd(IMAGE)
                .withLabels(MINE)
                .withStopTimeout(0)
                .withCmd("sh", "-c", script);
    }

    private String started(String script) {
        var id = shell(script).exec().getId();
        engine.startContainerCmd(id).exec();
        return id;
    }

    private int exit(String id) {
        return engine.waitContainerCmd(id).start().awaitStatusCode();
    }

    @Test
    void asksWhoAnswers() {
        engine.pingCmd().exec();
        var version = engine.versionCmd().exec();
        assertThat(version.getApiVersion()).isEqualTo("1.51");
        assertThat(version.getOperatingSystem()).isEqualTo("linux");
        var info = engine.infoCmd().exec();
        assertThat(info.getOsType()).isEqualTo("linux");
        assertThat(info.getNCPU()).isPositive();
        assertThat(info.getMemTotal()).isPositive();
        assertThat(info.getImages()).isPositive();
    }

    @Test
    void runsAContainerAndTellsItsOutputAndEnd() {
        var created = shell("echo out; echo err >&2; exit 7").withName("dj-run").exec();
        assertThat(created.getWarnings()).isEmpty();
        assertThat(engine.inspectContainerCmd("dj-run").exec().getState().getStatus())
                .isEqualTo("created");

        engine.startContainerCmd(created.getId()).exec();
        assertThat(exit(created.getId())).isEqualTo(7);

        var inspected = engine.inspectContainerCmd(created.getId()).exec();
        assertThat(inspected.getName()).isEqualTo("/dj-run");
        assertThat(inspected.getState().getExitCodeLong()).isEqualTo(7);
        assertThat(inspected.getConfig().getCmd()).containsExactly("sh", "-c", "echo out; echo err >&2; exit 7");
        var logs = engine.logContainerCmd("dj-run")
                .withStdOut(true)
                .withStdErr(true)
                .exec(new Frames())
                .toTheEnd();
        assertThat(logs.out()).isEqualTo("out\n");
        assertThat(logs.err()).isEqualTo("err\n");
        var dated = engine.logContainerCmd("dj-run")
                .withStdOut(true)
                .withTimestamps(true)
                .withTailAll()
                .exec(new Frames())
                .toTheEnd();
        assertThat(dated.out()).matches("20.*Z out\n");

        engine.renameContainerCmd("dj-run").withName("dj-ran").exec();
        engine.removeContainerCmd("dj-ran").exec();
        assertThat(mine()).isEmpty();
    }

    /** The library never tells that its input is at its end, so the program must know by itself. */
    @Test
    void attachesBeforeTheStartAndTypes() throws Exception {
        var reader = shell("head -n 1000; echo end >&2")
                .withStdinOpen(true)
                .withStdInOnce(true)
                .withAttachStdin(true)
                .exec()
                .getId();
        var typed = new ByteArrayInputStream("line\n".repeat(1000).getBytes(UTF_8));
        var session = engine.attachContainerCmd(reader)
                .withStdIn(typed)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(new Frames());
        session.awaitStarted();
        engine.startContainerCmd(reader).exec();
        session.toTheEnd();
        assertThat(session.out()).isEqualTo("line\n".repeat(1000));
        assertThat(session.err()).isEqualTo("end\n");
        assertThat(exit(reader)).isZero();
    }

    @Test
    void followsTheLogUntilTheEnd() {
        var id = started("for i in 1 2 3; do echo $i; sleep 0.2; done");
        var followed = engine.logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .withTailAll()
                .exec(new Frames())
                .toTheEnd();
        assertThat(followed.out()).isEqualTo("1\n2\n3\n");
    }

    @Test
    void showsATerminalAsItIs() throws Exception {
        var id = shell("test -t 1 && echo tty").withTty(true).exec().getId();
        var session = engine.attachContainerCmd(id)
                .withStdOut(true)
                .withFollowStream(true)
                .exec(new Frames());
        session.awaitStarted();
        engine.startContainerCmd(id).exec();
        assertThat(session.toTheEnd().raw()).isEqualTo("tty\r\n");
    }

    @Test
    void runsCommandsInside() throws Exception {
        var id = started("sleep 600");
        var exec = engine.execCreateCmd(id)
                .withCmd("sh", "-c", "head -n 1; id -un; pwd; echo $A; echo e >&2; exit 9")
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withUser("alice")
                .withWorkingDir("/tmp")
                .withEnv(List.of("A=b"))
                .exec()
                .getId();
        var input = new ByteArrayInputStream("typed\n".getBytes(UTF_8));
        var frames =
                engine.execStartCmd(exec).withStdIn(input).exec(new Frames()).toTheEnd();
        assertThat(frames.out()).isEqualTo("typed\nalice\n/tmp\nb\n");
        assertThat(frames.err()).isEqualTo("e\n");
        var inspected = engine.inspectExecCmd(exec).exec();
        assertThat(inspected.getExitCodeLong()).isEqualTo(9);
        assertThat(inspected.isRunning()).isFalse();
        assertThat(inspected.getContainerID()).isEqualTo(id);

        var detached =
                engine.execCreateCmd(id).withCmd("touch", "/there").exec().getId();
        engine.execStartCmd(detached).withDetach(true).exec(new Frames()).toTheEnd();
        var terminal = engine.execCreateCmd(id)
                .withCmd("sh", "-c", "while ! test -e /there; do sleep 0.1; done; test -t 0 && echo tty")
                .withTty(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .exec()
                .getId();
        assertThat(engine.execStartCmd(terminal)
                        .withTty(true)
                        .exec(new Frames())
                        .toTheEnd()
                        .raw())
                .isEqualTo("tty\r\n");
    }

    @Test
    void stopsRestartsAndKills() {
        var id = started("trap 'exit 3' TERM; while :; do sleep 0.1; done");
        var before = engine.inspectContainerCmd(id).exec().getState();
        assertThat(before.getRunning()).isTrue();
        engine.restartContainerCmd(id).withTimeout(10).exec();
        var after = engine.inspectContainerCmd(id).exec().getState();
        assertThat(after.getRunning()).isTrue();
        assertThat(after.getPidLong()).isNotEqualTo(before.getPidLong());
        engine.stopContainerCmd(id).withTimeout(10).exec();
        assertThat(exit(id)).isEqualTo(3);
        engine.startContainerCmd(id).exec();
        engine.killContainerCmd(id).withSignal("KILL").exec();
        assertThat(exit(id)).isEqualTo(137);
    }

    @Test
    void publishesPorts() {
        var port = ExposedPort.tcp(80);
        var id = shell("exec httpd -f -p 80")
                .withExposedPorts(port, ExposedPort.udp(81))
                .withHostConfig(HostConfig.newHostConfig()
                        .withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), port)))
                .exec()
                .getId();
        engine.startContainerCmd(id).exec();
        var bound = engine.inspectContainerCmd(id)
                .exec()
                .getNetworkSettings()
                .getPorts()
                .getBindings();
        assertThat(bound.get(port)).singleElement().satisfies(binding -> {
            assertThat(binding.getHostIp()).isEqualTo("127.0.0.1");
            assertThat(Integer.parseInt(binding.getHostPortSpec())).isPositive();
        });
        var listed = engine.listContainersCmd().withIdFilter(List.of(id)).exec();
        assertThat(listed.getFirst().getPorts())
                .anySatisfy(one -> assertThat(one.getPrivatePort()).isEqualTo(80));
    }

    @Test
    void listsByFilters() {
        var running = started("sleep 600");
        var over = shell("exit 4").withName("dj-over").exec().getId();
        engine.startContainerCmd(over).exec();
        assertThat(exit(over)).isEqualTo(4);
        assertThat(engine.listContainersCmd().withLabelFilter(MINE).exec())
                .extracting(Container::getId)
                .containsExactly(running);
        assertThat(engine.listContainersCmd()
                        .withStatusFilter(List.of("exited"))
                        .withLabelFilter(MINE)
                        .exec())
                .extracting(Container::getId)
                .containsExactly(over);
        assertThat(engine.listContainersCmd()
                        .withExitedFilter(4)
                        .withLabelFilter(MINE)
                        .exec())
                .extracting(Container::getId)
                .containsExactly(over);
        assertThat(engine.listContainersCmd()
                        .withShowAll(true)
                        .withNameFilter(List.of("dj-over"))
                        .exec())
                .singleElement()
                .satisfies(one -> assertThat(one.getNames()).containsExactly("/dj-over"));
        assertThat(engine.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(MINE)
                        .withAncestorFilter(List.of(IMAGE))
                        .exec())
                .hasSize(2);
        assertThat(engine.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(MINE)
                        .withLimit(1)
                        .exec())
                .hasSize(1);
        assertThat(engine.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(MINE)
                        .withNetworkFilter(List.of("none"))
                        .exec())
                .isEmpty();
    }

    @Test
    void copiesArchivesInAndOut() throws IOException {
        var id = started("sleep 600");
        engine.copyArchiveToContainerCmd(id)
                .withRemotePath("/tmp")
                .withTarInputStream(tar("in/f", "packed\n"))
                .exec();
        try (var archive = new TarArchiveInputStream(
                engine.copyArchiveFromContainerCmd(id, "/tmp/in").exec())) {
            assertThat(archive.getNextEntry().getName()).isEqualTo("in/");
            assertThat(archive.getNextEntry().getName()).isEqualTo("in/f");
            assertThat(archive.readAllBytes()).asString(UTF_8).isEqualTo("packed\n");
        }
        assertThat(engine.containerDiffCmd(id).exec())
                .anySatisfy(change -> assertThat(change.getPath()).isEqualTo("/tmp/in/f"));
    }

    private static InputStream tar(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry(name);
            entry.setSize(content.length());
            tar.putArchiveEntry(entry);
            tar.write(content.getBytes(UTF_8));
            tar.closeArchiveEntry();
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    @Test
    void keepsVolumes() {
        var created =
                engine.createVolumeCmd().withName("dj-volume").withLabels(MINE).exec();
        assertThat(created.getDriver()).isEqualTo("local");
        var id = shell("echo kept >/d/f")
                .withHostConfig(
                        HostConfig.newHostConfig().withBinds(new Bind("dj-volume", new Volume("/d"), AccessMode.rw)))
                .exec()
                .getId();
        engine.startContainerCmd(id).exec();
        assertThat(exit(id)).isZero();
        assertThat(engine.inspectContainerCmd(id).exec().getMounts())
                .singleElement()
                .satisfies(mount -> assertThat(mount.getName()).isEqualTo("dj-volume"));
        assertThat(engine.inspectVolumeCmd("dj-volume").exec().getMountpoint()).isEqualTo(created.getMountpoint());
        assertThat(engine.listVolumesCmd()
                        .withFilter("label", List.of("suite=docker-java"))
                        .exec()
                        .getVolumes())
                .hasSize(1);
        engine.removeContainerCmd(id).exec();
        engine.removeVolumeCmd("dj-volume").exec();
        assertThat(engine.listVolumesCmd()
                        .withFilter("name", List.of("dj-volume"))
                        .exec()
                        .getVolumes())
                .isNullOrEmpty();
    }

    @Test
    void hearsEvents() throws Exception {
        try (var heard = new Heard()) {
            engine.eventsCmd().withLabelFilter(MINE).exec(heard).awaitStarted();
            var id = started("exit 2");
            exit(id);
            engine.removeContainerCmd(id).exec();
            heard.await("create", "start", "die", "destroy");
            assertThat(heard.last().getActor().getAttributes()).containsEntry("suite", "docker-java");
            assertThat(heard.last().getId()).isEqualTo(id);
        }
    }

    private static final class Heard
            extends com.github.dockerjava.api.async.ResultCallback.Adapter<com.github.dockerjava.api.model.Event> {
        private final List<com.github.dockerjava.api.model.Event> events =
                new java.util.concurrent.CopyOnWriteArrayList<>();

        @Override
        public void onNext(com.github.dockerjava.api.model.Event event) {
            events.add(event);
        }

        private void await(String... actions) {
            dev.gantry.e2e.harness.Await.until(
                    "events " + List.of(actions),
                    Duration.ofSeconds(30),
                    () -> events.stream()
                            .map(event -> String.valueOf(event.getAction()))
                            .filter(List.of(actions)::contains)
                            .toList()
                            .equals(List.of(actions)));
        }

        private com.github.dockerjava.api.model.Event last() {
            return events.getLast();
        }
    }
}
