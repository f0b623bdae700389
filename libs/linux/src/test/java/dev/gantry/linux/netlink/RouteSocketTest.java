package dev.gantry.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.linux.Errno;
import dev.gantry.linux.FailingKernel;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteSocketTest {
    private static final String MAC = "02:42:0a:00:00:01";

    private final Namespace host = Namespace.make();
    private RouteSocket links = host.links();

    @BeforeEach
    void open() {
        links.close();
        links = host.links();
    }

    @AfterEach
    void close() {
        links.close();
        host.close();
    }

    private int index(RouteSocket socket, String name) {
        return socket.link(name).orElseThrow().index();
    }

    @Test
    void makesABridgeWithItsAddresses() {
        links.apply(RouteRequest.addBridge("br", MAC, 1400));
        var index = index(links, "br");
        links.apply(
                RouteRequest.alias(index, "test/bridge"),
                RouteRequest.address(index, IpPrefix.parse("10.7.0.1/16")),
                RouteRequest.address(index, IpPrefix.parse("fd07::1/64")),
                RouteRequest.up(index, "br"));
        assertThat(links.link("br")).contains(new Link(index, "br", 0, true, "bridge", "test/bridge", MAC, 1400));
        links.apply(RouteRequest.address(index, IpPrefix.parse("10.7.0.1/16")));
        assertThat(links.addresses())
                .contains(
                        new RouteSocket.LinkAddress(index, IpPrefix.parse("10.7.0.1/16")),
                        new RouteSocket.LinkAddress(index, IpPrefix.parse("fd07::1/64")));
    }

    @Test
    void connectsANamespaceToABridge() throws Exception {
        try (var container = Namespace.make();
                var inside = container.links()) {
            links.apply(RouteRequest.addBridge("br", MAC, 0));
            links.apply(RouteRequest.addVeth("v0", "eth0", container.descriptor()));
            var port = index(links, "v0");
            links.apply(
                    RouteRequest.alias(port, "test/c1"),
                    RouteRequest.master(port, index(links, "br")),
                    RouteRequest.bridgePort(port, true, true),
                    RouteRequest.up(port, "v0"));
            var eth0 = index(inside, "eth0");
            inside.apply(
                    RouteRequest.mac(eth0, "02:42:0a:07:00:02"),
                    RouteRequest.mtu(eth0, 1300),
                    RouteRequest.rename(eth0, "net1"),
                    RouteRequest.withoutLinkLocal(eth0),
                    RouteRequest.address(eth0, IpPrefix.parse("10.7.0.2/16")),
                    RouteRequest.up(eth0, "net1"),
                    RouteRequest.defaultRoute(eth0, InetAddress.ofLiteral("10.7.0.1")));
            assertThat(inside.link("net1"))
                    .contains(new Link(eth0, "net1", 0, true, "veth", "", "02:42:0a:07:00:02", 1300));
            assertThat(links.link("v0").orElseThrow())
                    .returns(index(links, "br"), Link::master)
                    .returns("test/c1", Link::alias);
            assertThat(inside.addresses().stream().filter(a -> a.link() == eth0))
                    .containsExactly(new RouteSocket.LinkAddress(eth0, IpPrefix.parse("10.7.0.2/16")));
            assertThat(container.inside(() -> Files.readString(Path.of("/proc/thread-self/net/route"))))
                    .contains("net1\t00000000\t0100070A");
            links.delete("v0");
            assertThat(inside.link("net1")).isEmpty();
            links.delete("v0");
        }
    }

    @Test
    void saysWhatWasRefusedAndWhyInTheKernelsWords() {
        links.apply(RouteRequest.addBridge("br", MAC, 0));
        assertThatThrownBy(() -> links.apply(RouteRequest.addBridge("br", MAC, 0)))
                .isInstanceOf(NetlinkException.class)
                .hasMessage("add bridge br: EEXIST (file exists)");
        assertThatThrownBy(() ->
                        links.apply(RouteRequest.defaultRoute(index(links, "br"), InetAddress.ofLiteral("10.7.0.1"))))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> assertThat(e.getMessage()).startsWith("add default route by 10.7.0.1: E"));
        assertThatThrownBy(() -> links.apply(RouteRequest.address(999, IpPrefix.parse("10.7.0.1/16"))))
                .hasMessageStartingWith("add address 10.7.0.1/16: ENODEV (no such device)");
        // the refusal of an earlier request does not answer a later one
        assertThat(links.link("br")).isPresent();
    }

    @Test
    void listsMoreLinksThanOneDatagramHolds() {
        var requests = new ArrayList<NetlinkMessage>();
        for (var i = 0; i < 60; i++) {
            requests.add(RouteRequest.addBridge("br" + i, "02:42:0a:00:00:" + (10 + i), 0));
        }
        links.apply(requests);
        assertThat(links.links().stream().filter(link -> link.kind().equals("bridge")))
                .hasSize(60);
    }

    @Test
    void refusesNamesAndMacsBeforeTheKernelSeesThem() {
        assertThatThrownBy(() -> RouteRequest.addBridge("a name", MAC, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RouteRequest.addBridge("sixteen-letters-", MAC, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RouteRequest.mac(1, "02:42:zz:00:00:01")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closesItsSocketWhenItCannotBeSetUp() {
        var kernel = FailingKernel.failing(Kernel.real(), Sys.SETSOCKOPT, 2, Errno.ENOMEM);
        assertThatThrownBy(() -> RouteSocket.open(kernel)).isInstanceOf(KernelException.class);
    }
}
