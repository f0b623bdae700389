package dev.gantry.linux.capability;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A set of capabilities as the kernel keeps it.
 *
 * @param bits bit n is the capability whose {@link Capability#bit()} is n
 */
public record CapabilitySet(long bits) {
    public static final CapabilitySet NONE = new CapabilitySet(0);
    public static final CapabilitySet ALL = of(Capability.values());

    /** What an engine gives a container that asks for nothing. */
    public static final CapabilitySet DOCKER_DEFAULT = of(
            Capability.CHOWN,
            Capability.DAC_OVERRIDE,
            Capability.FSETID,
            Capability.FOWNER,
            Capability.MKNOD,
            Capability.NET_RAW,
            Capability.SETGID,
            Capability.SETUID,
            Capability.SETFCAP,
            Capability.SETPCAP,
            Capability.NET_BIND_SERVICE,
            Capability.SYS_CHROOT,
            Capability.KILL,
            Capability.AUDIT_WRITE);

    public static CapabilitySet of(Capability... capabilities) {
        return of(List.of(capabilities));
    }

    public static CapabilitySet of(Collection<Capability> capabilities) {
        return new CapabilitySet(capabilities.stream()
                .mapToLong(capability -> 1L << capability.bit())
                .reduce(0, (left, right) -> left | right));
    }

    /**
     * Reads the effective set out of {@code /proc/<pid>/status}.
     *
     * @throws IllegalArgumentException when the text has no CapEff line
     */
    public static CapabilitySet effective(String procStatus) {
        return procStatus
                .lines()
                .filter(line -> line.startsWith("CapEff:"))
                .findFirst()
                .map(line -> new CapabilitySet(Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16)))
                .orElseThrow(() -> new IllegalArgumentException("process status has no CapEff line"));
    }

    public boolean contains(Capability capability) {
        return (bits & 1L << capability.bit()) != 0;
    }

    public boolean containsAll(CapabilitySet other) {
        return (bits & other.bits) == other.bits;
    }

    public CapabilitySet plus(CapabilitySet other) {
        return new CapabilitySet(bits | other.bits);
    }

    public CapabilitySet minus(CapabilitySet other) {
        return new CapabilitySet(bits & ~other.bits);
    }

    /** What both have. */
    public CapabilitySet within(CapabilitySet bound) {
        return new CapabilitySet(bits & bound.bits);
    }

    public List<Capability> toList() {
        return Arrays.stream(Capability.values()).filter(this::contains).toList();
    }

    @Override
    public String toString() {
        return toList().toString();
    }
}
