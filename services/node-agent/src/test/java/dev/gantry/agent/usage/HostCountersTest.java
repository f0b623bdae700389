package dev.gantry.agent.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostCountersTest {
    private static final String STAT = "cpu  10 20 30 400 5 6 7 800 9 10\ncpu0 5 0 0 0\ncpu1 5 0 0 0\nintr 12\n";

    @Test
    void theHostsTimeIsInNanoseconds() {
        assertThat(HostCounters.cpu(STAT)).isEqualTo(478L * 10_000_000);
        assertThat(HostCounters.cpus(STAT)).isEqualTo(2);
        assertThat(HostCounters.memory("MemTotal:       24684084 kB\nMemFree: 1 kB\n"))
                .isEqualTo(24_684_084L * 1024);
        assertThat(HostCounters.cpu("")).isZero();
        assertThat(HostCounters.memory("")).isZero();
    }

    @Test
    void interfacesAreCountedWithoutTheLoopback() {
        var dev = """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo:     100       2    0    0    0     0          0         0      100       2    0    0    0     0       0          0
                  eth0:    1086       9    1    2    0     0          0         0      126       3    4    5    0     0       0          0
                """;
        assertThat(HostCounters.interfaces(dev)).singleElement().satisfies(eth0 -> {
            assertThat(eth0.getName()).isEqualTo("eth0");
            assertThat(eth0.getRxBytes()).isEqualTo(1086);
            assertThat(eth0.getRxPackets()).isEqualTo(9);
            assertThat(eth0.getRxErrors()).isEqualTo(1);
            assertThat(eth0.getRxDropped()).isEqualTo(2);
            assertThat(eth0.getTxBytes()).isEqualTo(126);
            assertThat(eth0.getTxDropped()).isEqualTo(5);
        });
        assertThat(HostCounters.interfaces("")).isEmpty();
    }
}
