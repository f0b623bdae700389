package dev.gantry.linux.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.Await;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.netlink.IpPrefix;
import dev.gantry.linux.netlink.Namespace;
import dev.gantry.linux.netlink.RouteRequest;
import dev.gantry.linux.netlink.RouteSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who reaches whom, in a host of the test's own: containers a and b on one bridge, c on another, d and e on an isolated one, and a stranger
 * outside. Each runs a server on port 80 that answers with the address it was called from. With and without bridge netfilter, which lets packets
 * that stay on a bridge pass the table as well.
 */
class PublishingTest {
    private static final int REACHED_MILLIS = 5_000;

    /** For what is expected to fail by silence. */
    private static final int SILENCE_MILLIS = 400;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Namespace host = keep(Namespace.make());
    private final RouteSocket links = keep(host.links());
    private final PlatformTable table = keep(PlatformTable.openIn(Kernel.real(), host.descriptor(), "test"));

    private <T extends AutoCloseable> T keep(T resource) {
        open.addFirst(resource);
        return resource;
    }

    @BeforeAll
    static void kernelHasBridgeNetfilter() {
        if (!Files.exists(Path.of("/proc/sys/net/bridge"))) {
            throw new IllegalStateException("kernel tests need bridge netfilter: modprobe br_netfilter");
        }
    }

    @AfterEach
    void close() throws Exception {
        for (var resource : open) {
            resource.close();
        }
    }

    private int bridge(String name, int subnet) {
        links.apply(RouteRequest.addBridge(name, "02:42:0a:07:%02x:01".formatted(subnet), 0));
        var index = links.link(name).orElseThrow().index();
        links.apply(
                RouteRequest.address(index, IpPrefix.parse("10.7." + subnet + ".1/24")),
                RouteRequest.address(index, IpPrefix.parse("fd07:" + subnet + "::1/64")),
                RouteRequest.up(index, name));
        return index;
    }

    /**
     * A namespace that hangs on the host, with a server.
     *
     * @param bridge 0: on none
     */
    private Namespace machine(
            String name, int bridge, boolean isolated, String v4, String v6, String gateway4, String gateway6)
            throws Exception {
        var machine = keep(Namespace.make());
        try (var inside = machine.links()) {
            links.apply(RouteRequest.addVeth("v" + name, "eth0", machine.descriptor()));
            var port = links.link("v" + name).orElseThrow().index();
            if (bridge > 0) {
                links.apply(RouteRequest.master(port, bridge), RouteRequest.bridgePort(port, true, isolated));
            } else {
                links.apply(
                        RouteRequest.address(port, IpPrefix.parse(gateway4 + "/24")),
                        RouteRequest.address(port, IpPrefix.parse(gateway6 + "/64")));
            }
            links.apply(RouteRequest.up(port, "v" + name));
            var eth0 = inside.link("eth0").orElseThrow().index();
            inside.apply(
                    RouteRequest.address(eth0, IpPrefix.parse(v4 + "/24")),
                    RouteRequest.address(eth0, IpPrefix.parse(v6 + "/64")),
                    RouteRequest.up(eth0, "eth0"),
                    RouteRequest.defaultRoute(eth0, InetAddress.ofLiteral(gateway4)),
                    RouteRequest.defaultRoute(eth0, InetAddress.ofLiteral(gateway6)));
        }
        serve(keep(machine.inside(() -> new ServerSocket(80))));
        return machine;
    }

    private Namespace container(String name, int bridge, boolean isolated, int subnet, int number) throws Exception {
        return machine(
                name,
                bridge,
                isolated,
                "10.7." + subnet + "." + number,
                "fd07:" + subnet + "::" + number,
                "10.7." + subnet + ".1",
                "fd07:" + subnet + "::1");
    }

    private static void serve(ServerSocket server) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var client = server.accept()) {
                    client.getOutputStream()
                            .write(client.getInetAddress().getHostAddress().getBytes(StandardCharsets.US_ASCII));
                } catch (IOException closed) {
                    // the next one, or the end
                }
            }
        });
    }

    /** As whom the server there saw the caller; empty when there was no answer. */
    private static Optional<String> call(Namespace from, String address, int port, int millis) {
        try (var socket = from.inside(Socket::new)) {
            from.inside(() -> {
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), millis);
                return true;
            });
            socket.setSoTimeout(millis);
            var seen = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Optional.of(seen.isEmpty() ? "" : InetAddress.ofLiteral(seen).getHostAddress());
        } catch (ExecutionException | IOException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** IPv6 routes of a link come a moment after the link: the kernel's own worker puts them in. */
    private static void reaches(Namespace from, String address, int port, String seenAs) {
        var seen = new AtomicReference<>("");
        Await.until("an answer from " + address + " port " + port, () -> {
            var answer = call(from, address, port, REACHED_MILLIS);
            answer.ifPresent(seen::set);
            return answer.isPresent();
        });
        assertThat(seen)
                .as("to %s port %d", address, port)
                .hasValue(InetAddress.ofLiteral(seenAs).getHostAddress());
    }

    private static void doesNotReach(Namespace from, String address, int port) {
        assertThat(call(from, address, port, SILENCE_MILLIS))
                .as("to %s port %d", address, port)
                .isEmpty();
    }

    private static Publication publish(String host, int port, String target) {
        return new Publication(
                Protocol.TCP,
                Optional.of(host).filter(text -> !text.isEmpty()).map(InetAddress::ofLiteral),
                port,
                InetAddress.ofLiteral(target),
                80);
    }

    private static BridgedNetwork network(String bridge, int subnet, boolean isolated) {
        return new BridgedNetwork(
                bridge,
                List.of(IpPrefix.parse("10.7." + subnet + ".1/24"), IpPrefix.parse("fd07:" + subnet + "::1/64")),
                true,
                isolated,
                false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void leadsToPublishedPortsAndKeepsTheRestApart(String bridgeNetfilter) throws Exception {
        host.set("ipv4/ip_forward", "1");
        host.set("ipv6/conf/all/forwarding", "1");
        host.set("bridge/bridge-nf-call-iptables", bridgeNetfilter);
        host.set("bridge/bridge-nf-call-ip6tables", bridgeNetfilter);
        var one = bridge("br1", 1);
        var two = bridge("br2", 2);
        var three = bridge("br3", 3);
        host.set("ipv4/conf/br1/route_localnet", "1");
        var a = container("a", one, false, 1, 2);
        var b = container("b", one, false, 1, 3);
        var c = container("c", two, false, 2, 2);
        var d = container("d", three, true, 3, 2);
        var _ = container("e", three, true, 3, 3);
        var stranger = machine("x", 0, false, "10.9.0.2", "fd09::2", "10.9.0.1", "fd09::1");
        table.install(
                List.of(network("br1", 1, false), network("br2", 2, false), network("br3", 3, true)),
                List.of(
                        publish("", 8080, "10.7.1.2"),
                        publish("", 8080, "fd07:1::2"),
                        publish("10.9.0.1", 8081, "10.7.2.2"),
                        publish("fd09::1", 8081, "fd07:2::2")));

        // the host itself
        reaches(host, "10.7.1.2", 80, "10.7.1.1");
        reaches(host, "127.0.0.1", 8080, "10.7.1.1");
        reaches(host, "127.1.2.3", 8080, "10.7.1.1");
        reaches(host, "10.9.0.1", 8080, "10.9.0.1");
        doesNotReach(host, "::1", 8080); // that one is for a relay
        reaches(host, "fd09::1", 8080, "fd09::1");
        doesNotReach(host, "127.0.0.1", 8081);
        // from outside, with the address kept
        reaches(stranger, "10.9.0.1", 8080, "10.9.0.2");
        reaches(stranger, "fd09::1", 8080, "fd09::2");
        reaches(stranger, "10.9.0.1", 8081, "10.9.0.2");
        doesNotReach(stranger, "10.7.1.2", 80);
        doesNotReach(stranger, "fd07:1::2", 80);
        // another container, the same one, and one of another bridge
        reaches(b, "10.7.1.2", 80, "10.7.1.3");
        for (var from : List.of(a, b)) {
            reaches(from, "10.9.0.1", 8080, "10.7.1.1");
            reaches(from, "10.7.1.1", 8080, "10.7.1.1");
            reaches(from, "fd09::1", 8080, "fd07:1::1");
        }
        reaches(c, "10.9.0.1", 8080, "10.7.1.1");
        reaches(a, "10.9.0.1", 8081, "10.7.2.1");
        doesNotReach(c, "10.7.1.2", 80);
        doesNotReach(a, "fd07:2::2", 80);
        // an isolated bridge
        doesNotReach(d, "10.7.3.3", 80);
        reaches(d, "10.9.0.2", 80, "10.9.0.1");
        // to the outside, behind the host's address
        reaches(a, "10.9.0.2", 80, "10.9.0.1");
        reaches(a, "fd09::2", 80, "fd09::1");

        table.withdraw(List.of(publish("", 8080, "10.7.1.2")));
        doesNotReach(stranger, "10.9.0.1", 8080);
        reaches(stranger, "fd09::1", 8080, "fd09::2");
    }
}
