package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.rpc.BridgePlan;
import dev.gantry.contracts.rpc.EndpointPlan;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.PortPlan;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.netlink.Link;
import dev.gantry.linux.netlink.RouteSocket;
import dev.gantry.linux.nftables.PlatformTable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers on a bridge of the host's, with an agent that is killed in between. */
class BridgedTest {
    private static final int SIGKILL = 9;
    private static final int SUBNET = (int) (ProcessHandle.current().pid() % 200);
    private static final String WEB =
            "mkdir /www; echo hello > /www/index.html; exec busybox httpd -f -p [::]:80 -h /www";

    @TempDir
    private Path directory;

    private final String instance = "agb" + ProcessHandle.current().pid();
    private final String bridge = instance + "0";
    private final int port = freePort();
    private ForkedAgent agent;

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        var imageDirectory = Files.createDirectory(directory.resolve("image"));
        agent = new ForkedAgent(directory, instance, imageDirectory, TestImage.build(imageDirectory));
    }

    @AfterEach
    void end() throws Exception {
        agent.close();
        try (var links = RouteSocket.open(Kernel.real());
                var table = PlatformTable.open(Kernel.real(), instance)) {
            links.delete(bridge);
            table.remove();
        }
        Leftovers.check(instance, directory);
    }

    private NetworkPlan plan(int host, boolean v6, PortPlan... ports) {
        var endpoint = EndpointPlan.newBuilder()
                .setNetwork("n")
                .setNetworkName("bridge")
                .setInterface("eth0")
                .setId(HexFormat.of().formatHex(new byte[32]))
                .setMac("02:42:0a:d5:%02x:%02x".formatted(SUBNET, host))
                .setAddress("10.213." + SUBNET + "." + host + "/24")
                .setGateway("10.213." + SUBNET + ".1")
                .setBridge(BridgePlan.newBuilder()
                        .setName(bridge)
                        .setAddress("10.213." + SUBNET + ".1/24")
                        .setAddress6("fd13:" + SUBNET + "::1/64")
                        .setMasquerade(true));
        if (v6) {
            endpoint.setAddress6("fd13:" + SUBNET + "::" + host + "/64").setGateway6("fd13:" + SUBNET + "::1");
        }
        return NetworkPlan.newBuilder()
                .setMode(NetworkPlan.Mode.BRIDGED)
                .addEndpoints(endpoint)
                .addAllPorts(List.of(ports))
                .build();
    }

    private static PortPlan published(String protocol, int hostPort, int containerPort) {
        return PortPlan.newBuilder()
                .setProtocol(protocol)
                .setHostPort(hostPort)
                .setContainerPort(containerPort)
                .build();
    }

    private Outcome start(String id, NetworkPlan plan, String script) {
        var order = agent.calls().startOrder(id, c -> c.cmd(List.of("sh", "-c", script)), UnaryOperator.identity());
        order.getStartBuilder().setName("web").setNetwork(plan);
        return agent.calls().apply(order);
    }

    private static boolean answers(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
            socket.setSoTimeout(2000);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).endsWith("hello\n");
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitAnswer(InetAddress address, int port) {
        Await.untilTrue("an answer from " + address + " port " + port, () -> answers(address, port));
    }

    /** What another container sees of the published port. */
    private String fromAnotherContainer(NetworkPlan plan, String... urls) {
        var id = TestAgent.newId();
        var script = new StringBuilder();
        for (var url : urls) {
            script.append("busybox wget -q -O - ")
                    .append(url)
                    .append(" || echo no ")
                    .append(url)
                    .append(';');
        }
        assertThat(start(id, plan, script.toString()).hasRunning()).isTrue();
        assertThat(agent.calls().awaitExit(id).exitCode()).isZero();
        var said = agent.calls().logs(id);
        agent.calls().release(id);
        return said;
    }

    private static InetAddress hostAddress(Class<? extends InetAddress> family, String notOf) throws IOException {
        for (var link : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (var address : Collections.list(link.getInetAddresses())) {
                if (family.isInstance(address)
                        && !link.isLoopback()
                        && link.isUp()
                        && !link.getName().equals(notOf)
                        && !address.isLinkLocalAddress()) {
                    return address;
                }
            }
        }
        return InetAddress.ofLiteral(family == Inet4Address.class ? "127.0.0.2" : "::1");
    }

    private List<Link> links() {
        try (var socket = RouteSocket.open(Kernel.real())) {
            return socket.links().stream()
                    .filter(link -> link.alias().startsWith(instance + "/")
                            && !link.alias().equals(instance + "/bridge"))
                    .toList();
        }
    }

    private int publications() {
        try (var table = PlatformTable.open(Kernel.real(), instance)) {
            return table.exists() ? table.publications().size() : 0;
        }
    }

    private void reachesEverywhere() throws IOException {
        var container = InetAddress.ofLiteral("10.213." + SUBNET + ".2");
        awaitAnswer(container, 80);
        awaitAnswer(InetAddress.ofLiteral("127.0.0.1"), port);
        awaitAnswer(InetAddress.ofLiteral("::1"), port);
        awaitAnswer(hostAddress(Inet4Address.class, bridge), port);
        awaitAnswer(hostAddress(Inet6Address.class, bridge), port);
        var urls = new String[] {
            "http://10.213." + SUBNET + ".2/",
            "http://10.213." + SUBNET + ".1:" + port + "/",
            "http://" + hostAddress(Inet4Address.class, bridge).getHostAddress() + ":" + port + "/"
        };
        assertThat(fromAnotherContainer(plan(3, false), urls)).isEqualTo("hello\n".repeat(urls.length));
    }

    @Test
    void isReachedByItsPublishedPortAlsoAfterTheAgentWasKilled() throws Exception {
        for (var v6 : List.of(false, true)) {
            var id = TestAgent.newId();
            var outcome = start(id, plan(2, v6, published("tcp", port, 80)), WEB);
            assertThat(outcome.hasRunning()).as("%s", outcome).isTrue();
            reachesEverywhere();
            assertThat(publications()).as("one element per family").isEqualTo(v6 ? 2 : 1);
            agent.kill();
            awaitAnswer(InetAddress.ofLiteral("127.0.0.1"), port);
            try (var table = PlatformTable.open(Kernel.real(), instance)) {
                table.remove();
            }
            agent.start();
            reachesEverywhere();
            agent.calls().release(id);
            assertThat(publications()).isZero();
            Await.untilTrue("no links", () -> links().isEmpty());
            assertThat(answers(InetAddress.ofLiteral("127.0.0.1"), port)).isFalse();
        }
    }

    @Test
    void removesWhatBelongedToContainersThatEndedWhileNoAgentRan() throws Exception {
        var id = TestAgent.newId();
        start(id, plan(2, false, published("tcp", port, 80)), "sleep 1");
        agent.kill();
        Await.untilTrue("the container's end", () -> links().isEmpty());
        assertThat(publications()).isEqualTo(1);
        agent.start();
        Await.untilTrue("no element", () -> publications() == 0);
        agent.calls().release(id);
    }

    @Test
    void saysWithDockersWordsThatSomebodyListensOnThePort() throws Exception {
        try (var _ = new ServerSocket(port)) {
            var id = TestAgent.newId();
            var failed = start(id, plan(2, false, published("tcp", port, 80)), "sleep 1000")
                    .getFailed();
            assertThat(failed.getCode()).isEqualTo("PORT_IN_USE");
            assertThat(failed.getMessage())
                    .isEqualTo("failed to set up container networking: driver failed programming external connectivity"
                            + " on endpoint web (" + "0".repeat(64) + "): failed to bind host port 0.0.0.0:" + port
                            + ":10.213." + SUBNET + ".2:80/tcp: address already in use");
            assertThat(links()).isEmpty();
            agent.calls().release(id);
        }
        var again = TestAgent.newId();
        assertThat(start(again, plan(2, false, published("tcp", port, 80)), "sleep 1000")
                        .hasRunning())
                .isTrue();
        agent.calls().release(again);
    }

    @Test
    void givesThePortToTheNextContainerAtOnce() {
        for (var i = 0; i < 10; i++) {
            var id = TestAgent.newId();
            var outcome =
                    start(id, plan(2, false, published("tcp", port, 80), published("udp", port, 53)), "sleep 1000");
            assertThat(outcome.hasRunning()).as("%s", outcome).isTrue();
            agent.calls().kill(id, SIGKILL);
            agent.calls().awaitExit(id);
            agent.calls().release(id);
        }
        assertThat(publications()).isZero();
    }

    @Test
    void sharesTheNetworkOfAnotherContainerWithItsNames() throws Exception {
        var owner = TestAgent.newId();
        start(owner, plan(2, false), WEB);
        awaitAnswer(InetAddress.ofLiteral("10.213." + SUBNET + ".2"), 80);
        var shared = NetworkPlan.newBuilder()
                .setMode(NetworkPlan.Mode.SHARED)
                .setContainer(owner)
                .build();
        var id = TestAgent.newId();
        start(id, shared, "busybox wget -q -O - http://127.0.0.1/; cat /etc/hosts; busybox ip addr show eth0");
        assertThat(agent.calls().awaitExit(id).exitCode()).isZero();
        assertThat(agent.calls().logs(id))
                .startsWith("hello\n")
                .contains("10.213." + SUBNET + ".2\t" + owner.substring(0, 12) + "\n")
                .contains("inet 10.213." + SUBNET + ".2/24")
                .contains("02:42:0a:d5");
        agent.calls().release(id);
        agent.calls().release(owner);
        var late = TestAgent.newId();
        assertThat(start(late, shared, "true").getFailed().getMessage())
                .endsWith("cannot join network namespace of a non running container: " + owner);
        agent.calls().release(late);
    }

    @Test
    void reachesTheOutsideOnlyMasqueradedAndNobodyReachesItUnasked() {
        var id = TestAgent.newId();
        start(
                id,
                plan(2, true),
                "busybox ip route; busybox ip -6 route; cat /proc/sys/net/ipv4/ip_unprivileged_port_start");
        agent.calls().awaitExit(id);
        assertThat(agent.calls().logs(id))
                .contains("default via 10.213." + SUBNET + ".1 dev eth0")
                .contains("default via fd13:" + SUBNET + "::1 dev eth0")
                .endsWith("0\n");
        agent.calls().release(id);
        assertThat(Optional.of(links())).contains(List.of());
    }
}
