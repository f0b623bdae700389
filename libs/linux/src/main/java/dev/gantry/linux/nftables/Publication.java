package dev.gantry.linux.nftables;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A port of the host that leads to a container's.
 *
 * @param host one of the host's addresses, of the target's family; empty: each of them
 */
public record Publication(
        Protocol protocol, Optional<InetAddress> host, int hostPort, InetAddress target, int targetPort) {
    private static final int MOST = 0xffff;

    public Publication {
        if (hostPort < 1 || hostPort > MOST || targetPort < 1 || targetPort > MOST) {
            throw new IllegalArgumentException("port " + hostPort + " to " + targetPort);
        }
        if (host.isPresent() && host.get() instanceof Inet4Address != target instanceof Inet4Address) {
            throw new IllegalArgumentException(
                    "from " + host.get().getHostAddress() + " to " + target.getHostAddress() + ": the families differ");
        }
    }

    boolean isV4() {
        return target instanceof Inet4Address;
    }
}
