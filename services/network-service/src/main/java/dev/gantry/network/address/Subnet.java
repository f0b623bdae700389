package dev.gantry.network.address;

import java.util.BitSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * An IPv4 subnet. Addresses are numbers, the first byte the highest.
 *
 * @param base its lowest address
 * @param length of its prefix, 8 to 30: with room for a gateway and a container, and small enough to be counted through
 */
public record Subnet(long base, int length) {
    private static final Pattern CIDR =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})/([0-9]{1,2})");
    private static final int BYTES = 4;
    private static final int LONGEST = 30;
    private static final int SHORTEST = 8;

    public Subnet {
        if (length < SHORTEST
                || length > LONGEST
                || base < 0
                || base + size(length) > 1L << 32
                || base % size(length) != 0) {
            throw new IllegalArgumentException("no subnet: " + dotted(base) + "/" + length);
        }
    }

    /** @throws IllegalArgumentException for what is no subnet, or has bits beyond its prefix */
    public static Subnet parse(String cidr) {
        var parts = CIDR.matcher(cidr);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no subnet: " + cidr);
        }
        var base = 0L;
        for (var i = 1; i <= BYTES; i++) {
            var part = Integer.parseInt(parts.group(i));
            if (part > 0xff) {
                throw new IllegalArgumentException("no subnet: " + cidr);
            }
            base = base << 8 | part;
        }
        return new Subnet(base, Integer.parseInt(parts.group(BYTES + 1)));
    }

    private static long size(int length) {
        return 1L << (32 - length);
    }

    /** The first address: the bridge itself. */
    public long gateway() {
        return base + 1;
    }

    private long broadcast() {
        return base + size(length) - 1;
    }

    public boolean contains(long address) {
        return base <= address && address <= broadcast();
    }

    public boolean overlaps(Subnet other) {
        return contains(other.base) || other.contains(base);
    }

    /** The lowest address that nobody has; empty when all are taken. */
    public OptionalLong lowestFree(LongStream taken) {
        var used = new BitSet();
        used.set(0, 2); // the subnet's own and the gateway's
        taken.filter(this::contains).forEach(address -> used.set((int) (address - base)));
        var free = base + used.nextClearBit(0);
        return free < broadcast() ? OptionalLong.of(free) : OptionalLong.empty();
    }

    /** An address with the length of the prefix: {@code 172.17.0.2/16}. */
    public String withLength(long address) {
        return dotted(address) + "/" + length;
    }

    public static String dotted(long address) {
        return String.format(
                Locale.ROOT,
                "%d.%d.%d.%d",
                address >> 24 & 0xff,
                address >> 16 & 0xff,
                address >> 8 & 0xff,
                address & 0xff);
    }

    @Override
    public String toString() {
        return withLength(base);
    }
}
