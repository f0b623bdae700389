package dev.gantry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platforms;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.output.ToStringConsumer;
import org.testcontainers.containers.output.WaitingConsumer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * Testcontainers as its users have it. It chooses its engine once in the life of a JVM, so this runs on one packaging; what travels
 * is the same on the other, which {@link DockerJavaTest} looks at.
 */
@ExtendWith(Platforms.class)
class TestcontainersTest {
    private static final DockerImageName BUSYBOX = DockerImageName.parse("busybox:latest");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HTTP = 8080;

    @TempDir
    private Path host = Path.of("");

    @BeforeAll
    static void chooseThePlatform() {
        var socket = Platforms.of(Packaging.ONE_CONTROL_PLANE).instance().dockerSocket();
        System.setProperty("DOCKER_HOST", "unix://" + socket);
    }

    private static GenericContainer<?> busybox(String script) {
        return new GenericContainer<>(BUSYBOX)
                .withCommand("sh", "-c", script)
                .withStartupTimeout(PATIENCE)
                // a shell is the container's first process and has no handler of SIGTERM: nobody waits for it
                .withCreateContainerCmdModifier(create -> create.withStopTimeout(0));
    }

    private static GenericContainer<?> server(String name) {
        var script = "mkdir -p /www && echo " + name + " >/www/index.html && exec httpd -f -p " + HTTP + " -h /www";
        return busybox(script).withExposedPorts(HTTP);
    }

    private static String get(GenericContainer<?> server) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://" + server.getHost() + ":" + server.getMappedPort(HTTP) + "/");
            return client.send(
                            HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString(UTF_8))
                    .body();
        }
    }

    @Test
    void reachesAMappedPortOnceItListens() throws Exception {
        try (var server = server("by-port").waitingFor(Wait.forListeningPort())) {
            server.start();
            assertThat(get(server)).isEqualTo("by-port\n");
        }
    }

    @Test
    void reachesAMappedPortOnceItSpeaksHttp() throws Exception {
        try (var server = server("by-http").waitingFor(Wait.forHttp("/").forStatusCode(200))) {
            server.start();
            assertThat(get(server)).isEqualTo("by-http\n");
            assertThat(server.getContainerInfo().getNetworkSettings().getPorts().getBindings())
                    .isNotEmpty();
        }
    }

    @Test
    void waitsForALineOfTheLogAndForACommand() {
        try (var talker = busybox("for i in 1 2 3; do echo step $i; done; sleep 1; touch /ready; sleep 600")) {
            talker.waitingFor(Wait.forLogMessage("step [23]\n", 2));
            talker.start();
            assertThat(talker.getLogs(OutputType.STDOUT)).startsWith("step 1\nstep 2\nstep 3\n");
        }
        try (var maker = busybox("sleep 0.3; touch /ready; sleep 600")) {
            maker.waitingFor(Wait.forSuccessfulCommand("test -e /ready"));
            maker.start();
            assertThat(maker.isRunning()).isTrue();
        }
    }

    @Test
    void copiesFilesInBeforeAndAfterTheStartAndOut() throws Exception {
        var file = Files.writeString(host.resolve("on-host"), "from the host\n");
        Files.createDirectory(host.resolve("tree"));
        Files.writeString(host.resolve("tree/leaf"), "leaf\n");
        try (var container = busybox("cat /srv/early /srv/file /srv/tree/leaf; sleep 600")) {
            container
                    .withCopyToContainer(Transferable.of("early\n", 0640), "/srv/early")
                    .withCopyFileToContainer(MountableFile.forHostPath(file), "/srv/file")
                    .withCopyFileToContainer(MountableFile.forHostPath(host.resolve("tree")), "/srv/tree")
                    .waitingFor(Wait.forLogMessage("leaf\n", 1));
            container.start();
            assertThat(container.getLogs(OutputType.STDOUT)).isEqualTo("early\nfrom the host\nleaf\n");
            assertThat(container
                            .execInContainer("stat", "-c", "%a %u", "/srv/early")
                            .getStdout())
                    .isEqualTo("640 0\n");

            container.copyFileToContainer(Transferable.of("late\n"), "/tmp/late");
            var out = host.resolve("out");
            container.copyFileFromContainer("/tmp/late", out.toString());
            assertThat(out).hasContent("late\n");
            String read = container.copyFileFromContainer("/srv/file", in -> new String(in.readAllBytes(), UTF_8));
            assertThat(read).isEqualTo("from the host\n");
        }
    }

    @Test
    void followsTheLog() throws Exception {
        var everything = new ToStringConsumer();
        var waiting = new WaitingConsumer();
        try (var talker =
                busybox("echo out; echo err >&2; while ! test -e /go; do sleep 0.1; done; echo last; sleep 600")) {
            talker.withLogConsumer(everything).withLogConsumer(waiting);
            talker.start();
            waiting.waitUntil(frame -> frame.getType() == OutputType.STDERR
                    && frame.getUtf8String().equals("err\n"));
            talker.execInContainer("touch", "/go");
            waiting.waitUntil(frame -> frame.getUtf8String().equals("last\n"));
            assertThat(talker.getLogs(OutputType.STDERR)).isEqualTo("err\n");
        }
        Await.until(
                "the consumer has it too",
                PATIENCE,
                () -> everything.toUtf8String().contains("last\n"));
        assertThat(everything.toUtf8String()).contains("out\n", "err\n");
    }

    @Test
    void runsCommandsInsideAndTellsTheirOutputAndEnd() throws Exception {
        try (var container = busybox("sleep 600").withEnv("COLOUR", "blue").withWorkingDirectory("/home")) {
            container.start();
            var mixed = container.execInContainer("sh", "-c", "echo $COLOUR; pwd; echo oops >&2; exit 3");
            assertThat(mixed.getExitCode()).isEqualTo(3);
            assertThat(mixed.getStdout()).isEqualTo("blue\n/home\n");
            assertThat(mixed.getStderr()).isEqualTo("oops\n");
            var alice = ExecConfig.builder()
                    .user("alice")
                    .command(new String[] {"id", "-un"})
                    .build();
            assertThat(container.execInContainer(alice).getStdout()).isEqualTo("alice\n");
            assertThat(container.execInContainer("nosuchprogram").getExitCode()).isEqualTo(127);
        }
    }

    @Test
    void bindsDirectoriesVolumesAndMemory() throws Exception {
        Files.writeString(host.resolve("f"), "bound\n");
        var volume = "tc-volume";
        try (var container = busybox("sleep 600")) {
            container
                    .withTmpFs(Map.of("/memory", "rw"))
                    .withCreateContainerCmdModifier(create -> create.getHostConfig()
                            .withBinds(
                                    new Bind(host.toString(), new Volume("/bound"), AccessMode.ro),
                                    new Bind(volume, new Volume("/kept"))));
            container.start();
            var script = "cat /bound/f; echo x >/bound/g; echo x >/kept/f; grep ' /memory ' /proc/mounts";
            var result = container.execInContainer("sh", "-c", script);
            assertThat(result.getStdout()).startsWith("bound\n").contains("tmpfs /memory tmpfs rw");
            assertThat(result.getStderr()).contains("Read-only file system");
            try (var reader = busybox("cat /kept/f")
                    .withVolumesFrom(container, org.testcontainers.containers.BindMode.READ_ONLY)) {
                reader.withStartupCheckStrategy(new OneShotStartupCheckStrategy());
                reader.start();
                assertThat(reader.getLogs()).isEqualTo("x\n");
            }
        } finally {
            engine().removeVolumeCmd(volume).exec();
        }
    }

    @Test
    void joinsTheNetworkItIsToldTo() throws Exception {
        try (var server = server("inside").waitingFor(Wait.forListeningPort())) {
            server.start();
            try (var neighbour = busybox("sleep 600").withNetworkMode("container:" + server.getContainerId());
                    var none = busybox("sleep 600").withNetworkMode("none");
                    var host = busybox("sleep 600").withNetworkMode("host")) {
                Startables.deepStart(neighbour, none, host).join();
                assertThat(neighbour
                                .execInContainer("wget", "-qO-", "http://127.0.0.1:" + HTTP)
                                .getStdout())
                        .isEqualTo("inside\n");
                assertThat(links(none)).containsExactly("lo");
                assertThat(links(host)).hasSizeGreaterThan(1);
            }
        }
    }

    private static List<String> links(GenericContainer<?> container) throws Exception {
        return container
                .execInContainer("ls", "/sys/class/net")
                .getStdout()
                .lines()
                .toList();
    }

    @Test
    void startsAgainAfterAStop() throws Exception {
        try (var server = server("again").waitingFor(Wait.forHttp("/"))) {
            server.start();
            engine().restartContainerCmd(server.getContainerId()).withTimeout(0).exec();
            // a free port is chosen anew
            var bindings = engine().inspectContainerCmd(server.getContainerId())
                    .exec()
                    .getNetworkSettings()
                    .getPorts()
                    .getBindings();
            assertThat(bindings).hasSize(1);
            var first = server.getContainerId();
            server.stop();
            server.start();
            assertThat(server.getContainerId()).isNotEqualTo(first);
            assertThat(get(server)).isEqualTo("again\n");
        }
    }

    @Test
    void startsSeveralAtOnceAndLeavesNothingBehind() throws Exception {
        var servers = IntStream.range(0, 6)
                .mapToObj(i -> server("server-" + i).withLabel("tc", "several").waitingFor(Wait.forHttp("/")))
                .toList();
        try {
            Startables.deepStart(servers).join();
            for (var i = 0; i < servers.size(); i++) {
                assertThat(get(servers.get(i))).isEqualTo("server-" + i + "\n");
            }
            assertThat(several(engine())).hasSameSizeAs(servers);
        } finally {
            servers.forEach(GenericContainer::stop);
        }
        assertThat(several(engine())).isEmpty();
    }

    private static Stream<String> several(DockerClient engine) {
        return engine.listContainersCmd().withShowAll(true).withLabelFilter(Map.of("tc", "several")).exec().stream()
                .map(com.github.dockerjava.api.model.Container::getId);
    }

    @Test
    void tellsWhyAContainerDidNotStart() {
        var once = new OneShotStartupCheckStrategy();
        try (var failing = busybox("exit 5").withStartupCheckStrategy(once)) {
            assertThatThrownBy(failing::start)
                    .isInstanceOf(ContainerLaunchException.class)
                    .hasStackTraceContaining("did not start correctly");
        }
        try (var missing = new GenericContainer<>(BUSYBOX).withCommand("nosuchprogram")) {
            assertThatThrownBy(missing::start).hasStackTraceContaining("executable file not found in $PATH");
        }
    }

    private static DockerClient engine() {
        return DockerClientFactory.instance().client();
    }
}
