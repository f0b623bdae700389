package dev.gantry.network.address;

import java.util.List;
import java.util.stream.Stream;

/** The subnets a host has routes to: {@code /proc/net/route} (proc_net(5)), whose numbers are in the host's byte order. */
final class HostRoutes {
    private static final int INTERFACE = 0;
    private static final int DESTINATION = 1;
    private static final int MASK = 7;

    private HostRoutes() {}

    /**
     * All but default routes and those of the bridge.
     *
     * @param lines of the file
     */
    static List<Subnet> of(List<String> lines, String bridge) {
        return lines.stream()
                .skip(1) // the heading
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields.length > MASK && !fields[INTERFACE].equals(bridge))
                .flatMap(fields -> subnet(number(fields[DESTINATION]), Long.bitCount(number(fields[MASK]))))
                .toList();
    }

    private static long number(String hex) {
        return Integer.toUnsignedLong(Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16)));
    }

    /** Longer prefixes stand for the /30 they lie in. */
    private static Stream<Subnet> subnet(long destination, int length) {
        var bounded = Math.min(length, 30);
        var mask = -1L << (32 - bounded);
        return bounded < 8 ? Stream.empty() : Stream.of(new Subnet(destination & mask, bounded));
    }
}
