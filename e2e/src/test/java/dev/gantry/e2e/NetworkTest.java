package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import dev.gantry.e2e.harness.UdpEcho;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The default bridge and published ports, from every side. */
@OnPlatform
class NetworkTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Answers with the container's host name. */
    private static final String WEB = "mkdir -p /tmp/w && hostname >/tmp/w/index.html && exec httpd -f -p 80 -h /tmp/w";

    private final Platform gantry;

    NetworkTest(Packaging packaging) {
        gantry = Platforms.of(packaging);
    }

    @AfterEach
    void removeWhatIsLeft() {
        gantry.docker("ps", "-aq").out().lines().forEach(id -> gantry.docker("rm", "-f", id));
    }

    private String web(String name, String... options) {
        var words = Stream.of(
                        List.of("run", "-d", "--name", name, "-h", name),
                        Arrays.asList(options),
                        List.of("busybox", "sh", "-c", WEB))
                .flatMap(List::stream)
                .toArray(String[]::new);
        var run = gantry.docker(words);
        assertThat(run.exit()).as("%s", run.err()).isZero();
        return run.out().strip();
    }

    /** What a container of its own is answered. By nc: a static wget needs libraries to look up a name. */
    private String fromInside(String address, int port, String... options) {
        var words = Stream.of(
                        List.of("run", "--rm"),
                        Arrays.asList(options),
                        List.of(
                                "busybox",
                                "sh",
                                "-c",
                                "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 5 " + address + " " + port))
                .flatMap(List::stream)
                .toArray(String[]::new);
        return gantry.docker(words).out();
    }

    private String inspect(String container, String format) {
        return gantry.docker("inspect", "-f", format, container).out().strip();
    }

    private String address(String container) {
        return inspect(container, "{{.NetworkSettings.IPAddress}}");
    }

    @Test
    void containersReachEachOtherAndTheHostReachesThem() {
        web("one");
        web("two");
        assertThat(address("one")).isNotEmpty().isNotEqualTo(address("two"));
        get(address("one"), 80, "one");
        get(address("two"), 80, "two");
        assertThat(fromInside(address("two"), 80)).endsWith("\r\n\r\ntwo\n");
        var gateway = inspect("one", "{{.NetworkSettings.Gateway}}");
        assertThat(gantry.docker("run", "--rm", "busybox", "ping", "-c", "1", "-W", "5", gateway)
                        .exit())
                .isZero();
        var members = gantry.docker(
                        "network", "inspect", "-f", "{{range .Containers}}{{.Name}} {{.IPv4Address}},{{end}}", "bridge")
                .out();
        var length = inspect("one", "{{.NetworkSettings.IPPrefixLen}}");
        assertThat(members)
                .contains("one " + address("one") + "/" + length + ",")
                .contains("two " + address("two") + "/" + length + ",");
    }

    @Test
    void aPublishedPortIsReachableFromEverywhere() throws IOException {
        var port = freePort();
        web("web", "-p", port + ":80");
        get("127.0.0.1", port, "web");
        var gateway = inspect("web", "{{.NetworkSettings.Gateway}}");
        get(hostAddress(gateway), port, "web");
        if (hasIpv6Loopback()) {
            get("[::1]", port, "web");
        }
        for (var from : List.of(hostAddress(gateway), gateway)) {
            assertThat(fromInside(from, port)).as("by %s", from).endsWith("\r\n\r\nweb\n");
        }
        assertThat(gantry.docker("port", "web").out())
                .isEqualTo("80/tcp -> 0.0.0.0:" + port + "\n80/tcp -> [::]:" + port + "\n");
        assertThat(gantry.docker("ps", "--format", "{{.Ports}}").out())
                .isEqualTo("0.0.0.0:" + port + "->80/tcp, [::]:" + port + "->80/tcp\n");
        assertThat(gantry.docker("ps", "-q", "--filter", "publish=" + port).out())
                .isNotEmpty();
        gantry.docker("rm", "-f", "web");
        refuses(port);
    }

    @Test
    void choosesPortsWhereNoneIsNamed() throws IOException {
        var low = freePort();
        web(
                "all",
                "-P",
                "--expose",
                "80",
                "--expose",
                "81",
                "-p",
                low + "-" + (low + 3) + ":82",
                "-p",
                "127.0.0.1::83");
        var chosen = published("all", "80/tcp");
        get("127.0.0.1", chosen, "all");
        assertThat(chosen).isBetween(32_768, 60_999).isNotEqualTo(published("all", "81/tcp"));
        assertThat(published("all", "82/tcp")).isBetween(low, low + 3);
        assertThat(gantry.docker("port", "all", "83").out())
                .startsWith("127.0.0.1:")
                .hasLineCount(1);
        web("other", "-p", low + "-" + (low + 3) + ":80");
        assertThat(published("other", "80/tcp")).isBetween(low, low + 3).isNotEqualTo(published("all", "82/tcp"));
        get("127.0.0.1", published("other", "80/tcp"), "other");
    }

    private int published(String container, String port) {
        return Integer.parseInt(
                inspect(container, "{{(index (index .NetworkSettings.Ports \"" + port + "\") 0).HostPort}}"));
    }

    @Test
    void publishesDatagrams() throws IOException {
        web("udp", "-p", "127.0.0.1::5353/udp");
        var echo = UdpEcho.in(Long.parseLong(inspect("udp", "{{.State.Pid}}")), 5353);
        try (var socket = new DatagramSocket()) {
            var target = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), published("udp", "5353/udp"));
            socket.setSoTimeout((int) SOON.toMillis());
            var said = "ping".getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(said, said.length, target));
            var answer = new DatagramPacket(new byte[16], 16);
            socket.receive(answer);
            assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8))
                    .isEqualTo("ping");
            assertThat(answer.getSocketAddress()).isEqualTo(target);
        } finally {
            echo.destroy();
        }
    }

    @Test
    void aTakenPortFailsTheStartAndIsFreeAfterwards() throws IOException {
        var port = freePort();
        web("first", "-p", port + ":80");
        var second = gantry.docker("run", "-d", "--name", "second", "-p", port + ":80", "busybox", "sleep", "1000");
        assertThat(second.exit()).isEqualTo(125);
        assertThat(second.err())
                .contains("driver failed programming external connectivity on endpoint second (")
                .contains("Bind for 0.0.0.0:" + port + " failed: port is already allocated");
        assertThat(inspect("second", "{{.State.Status}} {{.State.ExitCode}} {{.NetworkSettings.Ports}}"))
                .isEqualTo("created 128 map[]");
        gantry.docker("rm", "-f", "first");
        assertThat(gantry.docker("start", "second").exit()).isZero();
        assertThat(published("second", "80/tcp")).isEqualTo(port);
    }

    @Test
    void aPortThatSomebodyElseListensOnIsNotTaken() throws IOException {
        try (var foreign = new ServerSocket(0)) {
            var run = gantry.docker("run", "-d", "-p", foreign.getLocalPort() + ":80", "busybox", "sleep", "1000");
            assertThat(run.exit()).isEqualTo(125);
            assertThat(run.err()).contains("address already in use");
        }
    }

    @Test
    void aRestartKeepsThePortAndAStopGivesEverythingBack() throws IOException {
        var port = freePort();
        web("web", "-p", port + ":80");
        assertThat(gantry.docker("restart", "-t", "0", "web").exit()).isZero();
        get("127.0.0.1", port, "web");
        gantry.docker("stop", "-t", "0", "web");
        Await.until(
                "its endpoint has ended",
                SOON,
                () -> !gantry.docker("network", "inspect", "bridge").out().contains("\"web\""));
        refuses(port);
        assertThat(inspect(
                        "web",
                        "{{.NetworkSettings.IPAddress}}{{.NetworkSettings.Ports}}{{.NetworkSettings.SandboxID}}"))
                .isEqualTo("map[]");
        gantry.docker("start", "web");
        get("127.0.0.1", port, "web");
    }

    @Test
    void aNeighbourSharesTheNetwork() {
        var id = web("owner");
        get(address("owner"), 80, "owner");
        assertThat(fromInside("127.0.0.1", 80, "--network", "container:owner")).endsWith("\r\n\r\nowner\n");
        gantry.docker("create", "--name", "neighbour", "--network", "container:owner", "busybox", "true");
        assertThat(inspect("neighbour", "{{.HostConfig.NetworkMode}}")).isEqualTo("container:" + id);
        gantry.docker("kill", "owner");
        assertThat(gantry.docker("start", "neighbour").err()).contains("non running container");
    }

    @Test
    void knowsItsOwnAndOtherNames() {
        var hosts = gantry.docker(
                        "run",
                        "--rm",
                        "-h",
                        "web",
                        "--domainname",
                        "example.test",
                        "--add-host",
                        "db:192.0.2.1",
                        "--add-host",
                        "up:host-gateway",
                        "busybox",
                        "cat",
                        "/etc/hosts")
                .out();
        assertThat(hosts).contains("192.0.2.1\tdb\n").containsPattern("(?m)^[0-9.]+\\.1\tup$");
        assertThat(hosts).containsPattern("(?m)^[0-9.]+\tweb.example.test web$");
        assertThat(gantry.docker(
                                "run",
                                "--rm",
                                "--mac-address",
                                "02:42:ac:11:00:99",
                                "busybox",
                                "cat",
                                "/sys/class/net/eth0/address")
                        .out())
                .isEqualTo("02:42:ac:11:00:99\n");
        var unknown = gantry.docker("run", "--network", "nosuch", "busybox", "true");
        assertThat(unknown.err()).contains("failed to set up container networking: network nosuch not found");
    }

    @Test
    void tellsOfConnectionsBeforeTheStartAndAfterTheEnd() {
        var id = gantry.docker("create", "--name", "told", "busybox", "true")
                .out()
                .strip();
        gantry.docker("start", "-a", "told");
        gantry.docker("rm", "told");
        Await.until("the events are on the log", SOON, () -> events(id).contains("container destroy"));
        assertThat(events(id))
                .containsSubsequence(
                        "container create", "network connect", "container start", "container die", "container destroy")
                .containsSubsequence("container die", "network disconnect");
    }

    private List<String> events(String container) {
        var all = new ArrayList<String>();
        gantry.docker(
                        "events",
                        "--since",
                        "1h",
                        "--until",
                        "0s",
                        "--format",
                        "{{.Type}} {{.Action}} {{.Actor.ID}} {{index .Actor.Attributes \"container\"}}")
                .out()
                .lines()
                .filter(line -> line.contains(container))
                .forEach(line -> all.add(line.split(" ", -1)[0] + " " + line.split(" ", -1)[1]));
        return all;
    }

    /** The server inside may need a moment to listen, whatever its port leads to before. */
    private static void get(String host, int port, String expected) {
        Await.until(
                expected + " answers at " + host + ":" + port,
                SOON,
                () -> answer(host, port).equals(expected + "\n"));
    }

    private static String answer(String host, int port) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://" + host + ":" + port + "/").toURL().openConnection();
            connection.setConnectTimeout(2000);
            connection.setReadTimeout(5000);
            try (var body = connection.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void refuses(int port) {
        Await.until(
                "port " + port + " is closed",
                SOON,
                () -> answer("127.0.0.1", port).contains("refused"));
    }

    /** Free at this moment, with some free ones after it as far as anybody can know. */
    private static int freePort() throws IOException {
        for (var port = 20_100 + (int) (ProcessHandle.current().pid() % 5000); ; port += 10) {
            try (var first = new ServerSocket(port);
                    var last = new ServerSocket(port + 3)) {
                return Math.min(first.getLocalPort(), last.getLocalPort());
            } catch (java.net.BindException taken) {
                assertThat(port).as("a free port below the ephemeral ones").isLessThan(32_000);
            }
        }
    }

    private static String hostAddress(String otherwise) throws IOException {
        return NetworkInterface.networkInterfaces()
                .filter(device -> device.getName().matches("e(th|n).*"))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean hasIpv6Loopback() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            return socket.isBound();
        } catch (IOException none) {
            return false;
        }
    }
}
