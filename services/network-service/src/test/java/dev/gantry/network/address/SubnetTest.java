package dev.gantry.network.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {
    private static final long SEED = 7;

    @Test
    void beginsWithTheGateway() {
        var subnet = Subnet.parse("172.17.0.0/16");
        assertThat(Subnet.dotted(subnet.gateway())).isEqualTo("172.17.0.1");
        assertThat(subnet.withLength(subnet.lowestFree(LongStream.of()).orElseThrow()))
                .isEqualTo("172.17.0.2/16");
        assertThat(Mac.of(subnet.gateway() + 1)).isEqualTo("02:42:ac:11:00:02");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "172.17.0.1/16",
                "172.17.0.0",
                "172.17.0.0/33",
                "172.17.0.0/31",
                "1.2.3.256/24",
                "10.0.0.0/7",
                "::/64"
            })
    void refusesWhatIsNoSubnet(String text) {
        assertThatThrownBy(() -> Subnet.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whoever comes and goes: no address twice, none outside, always the lowest, and all of them before it is full. */
    @Test
    void givesEachAddressOnceAndTheLowestFirst() {
        var random = new Random(SEED);
        var subnet = Subnet.parse("10.1.2.0/27");
        var held = new TreeSet<Long>();
        for (var step = 0; step < 2000; step++) {
            if (random.nextInt(3) > 0) {
                var free = subnet.lowestFree(held.stream().mapToLong(Long::longValue));
                assertThat(free.isPresent()).as("seed %d", SEED).isEqualTo(held.size() < 29);
                free.ifPresent(address -> {
                    assertThat(subnet.contains(address)).isTrue();
                    assertThat(LongStream.range(subnet.gateway() + 1, address).allMatch(held::contains))
                            .isTrue();
                    assertThat(held.add(address)).isTrue();
                });
            } else if (!held.isEmpty()) {
                held.remove(List.copyOf(held).get(random.nextInt(held.size())));
            }
        }
    }

    @Test
    void avoidsWhereTheHostHasRoutes() {
        var lines = List.of(
                "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT",
                "eth0\t00000000\t0202000A\t0003\t0\t0\t0\t00000000\t0\t0\t0",
                "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0",
                "wg0\t010012AC\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0",
                "gantry0\t000013AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0");
        var taken = HostRoutes.of(lines, "gantry0");
        assertThat(taken).extracting(Subnet::toString).containsExactly("172.17.0.0/16", "172.18.0.0/30");
        assertThat(Pools.choose("gantry", taken)).hasToString("172.19.0.0/16");
        assertThat(Pools.choose("gantry", List.of())).hasToString("172.17.0.0/16");
    }

    @Test
    void othersBeginElsewhereAndFindTheLastOneLeft() {
        var chosen = new HashSet<Subnet>();
        for (var i = 0; i < 31; i++) {
            var pool = Pools.choose("blue", List.copyOf(chosen));
            assertThat(chosen).noneMatch(pool::overlaps);
            chosen.add(pool);
        }
        assertThatThrownBy(() -> Pools.choose("blue", List.copyOf(chosen))).hasMessageContaining("bridge-subnet");
    }
}
