package dev.gantry.launcher.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.launcher.consistency.KernelFacts.HostProcess;
import dev.gantry.launcher.consistency.KernelFacts.InnerMount;
import dev.gantry.launcher.consistency.KernelFacts.Listener;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelTextsTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @Test
    void readsAProcessWithAnyName() {
        var stat = "42 (a) b (c) S 1 42 42 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 98765 1 1";

        assertThat(new ProcessTable("blue").parse(42, stat, "9:memory:/blue/" + ID + "\n1:name=systemd:/\n"))
                .isEqualTo(new HostProcess(42, 98765, false, Optional.of(ID), false));
        assertThat(new ProcessTable("blue").parse(42, stat, "9:memory:/navy-blue2/" + ID + "\n"))
                .isEqualTo(new HostProcess(42, 98765, false, Optional.empty(), false));
        assertThat(new ProcessTable("blue")
                        .parse(42, stat, "0::/blue/monitors\n")
                        .monitor())
                .isTrue();
    }

    @Test
    void takesNoProcessOfAContainerForAMonitor() {
        var stat = "42 (sleep) S 1 42 42 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 98765 1 1";

        assertThat(new ProcessTable("blue")
                        .parse(42, stat, "9:memory:/blue/" + ID + "\n0::/blue/monitors\n")
                        .monitor())
                .isFalse();
    }

    @Test
    void readsMountsWithBlanksAndOptionalFields() {
        var table = """
                1 0 0:5 / / ro - tmpfs tmpfs rw
                22 1 0:45 / / rw,relatime shared:1 master:2 - overlay overlay rw,lowerdir+=/l,upperdir=/d/containers/x/rootfs/upper,workdir=/w
                23 22 8:1 /srv/with\\040blank /data rw,relatime - ext4 /dev/sda1 rw
                """;

        assertThat(MountTable.rootType(table)).isEqualTo("overlay");
        assertThat(MountTable.upper(table)).isEqualTo("/d/containers/x/rootfs/upper");
        assertThat(MountTable.all(table)).contains(new InnerMount("/data", "/srv/with blank"));
        assertThat(MountTable.pointsBelow(table, "/data")).isEmpty();
        assertThat(MountTable.pointsBelow(table, "")).contains("/data");
    }

    @Test
    void readsAddressesOffTheRoutes() {
        var trie = """
                Main:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 0.0.0.0
                        /0 universe UNICAST
                     +-- 172.18.0.0/16 2 0 2
                        |-- 172.18.0.0
                           /16 link UNICAST
                        |-- 172.18.0.2
                           /32 host LOCAL
                        |-- 172.18.255.255
                           /32 link BROADCAST
                     |-- 127.0.0.1
                        /32 host LOCAL
                """;

        assertThat(RouteTable.own(trie)).containsExactly("172.18.0.2");
    }

    @Test
    void readsWhoListens() {
        var table = """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 777 1 0 100 0
                   1: 0100007F:1F91 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 778 1 0 100 0
                """;

        assertThat(SocketTable.listeners(table, "tcp", Set.of(777L))).containsExactly(new Listener("tcp", 8080, true));
        assertThat(SocketTable.inode("socket:[777]")).contains(777L);
        assertThat(SocketTable.inode("pipe:[777]")).isEmpty();
    }
}
