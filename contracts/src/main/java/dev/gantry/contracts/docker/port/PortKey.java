package dev.gantry.contracts.docker.port;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** A container's port: the key {@code 80/tcp} of ExposedPorts, PortBindings and NetworkSettings.Ports. */
public record PortKey(int port, String protocol) implements Comparable<PortKey> {
    private static final Comparator<PortKey> ORDER =
            Comparator.comparingInt(PortKey::port).thenComparing(PortKey::protocol);

    /** Without a protocol it is tcp. Empty for what is no single port from 1 to 65535, or has a protocol that no port has. */
    public static Optional<PortKey> parse(String key) {
        var slash = key.indexOf('/');
        var protocol = slash < 0 ? "tcp" : key.substring(slash + 1).toLowerCase(Locale.ROOT);
        var port = PortRange.number(slash < 0 ? key : key.substring(0, slash));
        return port > 0 && isProtocol(protocol) ? Optional.of(new PortKey(port, protocol)) : Optional.empty();
    }

    static boolean isProtocol(String protocol) {
        return protocol.equals("tcp") || protocol.equals("udp") || protocol.equals("sctp");
    }

    @Override
    public int compareTo(PortKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return port + "/" + protocol;
    }
}
