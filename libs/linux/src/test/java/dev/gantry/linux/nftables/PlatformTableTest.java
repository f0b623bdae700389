package dev.gantry.linux.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.linux.Errno;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.RecordingKernel;
import dev.gantry.linux.Sys;
import dev.gantry.linux.netlink.IpPrefix;
import dev.gantry.linux.netlink.Namespace;
import dev.gantry.linux.netlink.NetlinkException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlatformTableTest {
    private static final BridgedNetwork NETWORK = new BridgedNetwork(
            "br0", List.of(IpPrefix.parse("10.7.0.1/16"), IpPrefix.parse("fd07::1/64")), true, false, false);

    private final Namespace host = Namespace.make();
    private final PlatformTable table = PlatformTable.openIn(Kernel.real(), host.descriptor(), "test");

    @AfterEach
    void close() {
        table.close();
        host.close();
    }

    private static Publication publication(String host, int port, String target) {
        return new Publication(
                Protocol.TCP,
                Optional.of(host).filter(text -> !text.isEmpty()).map(InetAddress::ofLiteral),
                port,
                InetAddress.ofLiteral(target),
                80);
    }

    @Test
    void holdsOneElementForEachPort() {
        var all = List.of(
                publication("", 8080, "10.7.0.2"),
                publication("", 8080, "fd07::2"),
                publication("10.9.0.1", 8081, "10.7.0.2"),
                publication("fd09::1", 65535, "fd07::2"));
        table.install(List.of(NETWORK), List.of());
        table.publish(all);
        assertThat(table.publications()).containsExactlyInAnyOrderElementsOf(all);
        table.withdraw(all.subList(1, 3));
        assertThat(table.publications()).containsExactlyInAnyOrder(all.get(0), all.get(3));
    }

    @Test
    void takesAThousandPortsInOneBatch() {
        var kernel = RecordingKernel.before(Kernel.real());
        try (var recorded = PlatformTable.openIn(kernel, host.descriptor(), "test")) {
            recorded.install(List.of(NETWORK), List.of());
            var many = new ArrayList<Publication>();
            for (var port = 10_000; port < 11_000; port++) {
                many.add(publication("", port, "10.7.0.2"));
            }
            var before = kernel.count(Sys.SENDTO);
            recorded.publish(many);
            assertThat(kernel.count(Sys.SENDTO)).isEqualTo(before + 1);
            assertThat(recorded.publications()).containsExactlyInAnyOrderElementsOf(many);
            recorded.withdraw(many);
            assertThat(recorded.publications()).isEmpty();
        }
    }

    @Test
    void changesNothingWhenAPartIsRefused() {
        table.install(List.of(NETWORK), List.of(publication("", 8080, "10.7.0.2")));
        assertThatThrownBy(() ->
                        table.publish(List.of(publication("", 8081, "10.7.0.2"), publication("", 8080, "10.7.0.3"))))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
                .hasMessage("add elements to test any4: EEXIST (file exists)");
        assertThatThrownBy(() ->
                        table.withdraw(List.of(publication("", 8080, "10.7.0.2"), publication("", 9, "10.7.0.2"))))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
        assertThat(table.publications()).containsExactly(publication("", 8080, "10.7.0.2"));
    }

    @Test
    void isInstalledAnewWhateverItHeld() {
        assertThat(table.exists()).isFalse();
        assertThatThrownBy(() -> table.publish(List.of(publication("", 1, "10.7.0.2"))))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
        table.install(List.of(NETWORK), List.of(publication("", 1, "10.7.0.2")));
        table.install(List.of(NETWORK), List.of(publication("", 2, "10.7.0.2")));
        assertThat(table.exists()).isTrue();
        assertThat(table.publications()).containsExactly(publication("", 2, "10.7.0.2"));
        table.add(NETWORK);
        table.remove();
        table.remove();
        assertThat(table.exists()).isFalse();
    }

    @Test
    void leavesTheTablesOfOthersAlone() {
        try (var other = PlatformTable.openIn(Kernel.real(), host.descriptor(), "other")) {
            other.install(List.of(NETWORK), List.of(publication("", 8080, "10.7.0.9")));
            table.install(List.of(NETWORK), List.of());
            table.remove();
            assertThat(other.publications()).containsExactly(publication("", 8080, "10.7.0.9"));
        }
    }

    @Test
    void refusesWhatIsNoPort() {
        assertThatThrownBy(() -> publication("", 0, "10.7.0.2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> publication("", 65_536, "10.7.0.2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> publication("fd09::1", 80, "10.7.0.2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the families differ");
        assertThatThrownBy(() -> Protocol.parse("icmp")).isInstanceOf(IllegalArgumentException.class);
    }
}
