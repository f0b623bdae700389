package dev.gantry.network.port;

import dev.gantry.contracts.docker.port.HostAddress;
import dev.gantry.contracts.docker.port.PortKey;
import java.util.Comparator;

/**
 * A port of the host that leads to a container.
 *
 * @param hostAddress canonical; 0.0.0.0 and :: are all addresses of their family
 */
public record PublishedPort(String protocol, String hostAddress, int hostPort, int containerPort) {
    public static final Comparator<PublishedPort> ORDER = Comparator.comparing(PublishedPort::key)
            .thenComparingInt(PublishedPort::hostPort)
            .thenComparing(port -> HostAddress.isIpv6(port.hostAddress()))
            .thenComparing(PublishedPort::hostAddress);

    public PortKey key() {
        return new PortKey(containerPort, protocol);
    }

    /** Whether something that comes to the host could be meant for either. */
    boolean collides(PublishedPort other) {
        return hostPort == other.hostPort
                && protocol.equals(other.protocol)
                && HostAddress.isIpv6(hostAddress) == HostAddress.isIpv6(other.hostAddress)
                && (hostAddress.equals(other.hostAddress)
                        || HostAddress.isAny(hostAddress)
                        || HostAddress.isAny(other.hostAddress));
    }
}
