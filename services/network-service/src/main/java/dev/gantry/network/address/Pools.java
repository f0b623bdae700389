package dev.gantry.network.address;

import dev.gantry.service.instance.Instance;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Docker's default address pools: 172.17.0.0/16 to 172.31.0.0/16, then the sixteenths of 192.168.0.0/16. */
final class Pools {
    private static final List<Subnet> ALL = Stream.concat(
                    IntStream.rangeClosed(17, 31).mapToObj(second -> Subnet.parse("172." + second + ".0.0/16")),
                    IntStream.range(0, 16).mapToObj(nth -> Subnet.parse("192.168." + nth * 16 + ".0/20")))
            .toList();

    /** Spreads names that are alike (Knuth's multiplicative hashing). */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Pools() {}

    /**
     * The first that nobody on the host has. Other instances than the default one begin elsewhere, by their name: two that start at the
     * same moment do not see each other's bridges yet.
     *
     * @throws IllegalStateException when each of them is taken
     */
    static Subnet choose(String instance, List<Subnet> taken) {
        var first =
                instance.equals(Instance.DEFAULT) ? 0 : (int) (((instance.hashCode() * GOLDEN) >>> 40) % ALL.size());
        return IntStream.range(0, ALL.size())
                .mapToObj(i -> ALL.get((first + i) % ALL.size()))
                .filter(pool -> taken.stream().noneMatch(pool::overlaps))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the host has routes to every subnet that a bridge could"
                        + " have: name one in gantry.network.bridge-subnet"));
    }
}
