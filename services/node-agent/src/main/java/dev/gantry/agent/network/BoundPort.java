package dev.gantry.agent.network;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A port of the host that this process holds. */
sealed interface BoundPort extends AutoCloseable permits StreamRelay, DatagramRelay {
    /** A kernel has IPv6 from its boot on, or not at all. */
    boolean HAS_V6 = Files.exists(Path.of("/proc/net/if_inet6"));

    /**
     * Binds, and relays what comes.
     *
     * @param hostAddress empty: all of both families
     * @return empty for a protocol that has no sockets here
     */
    static Optional<BoundPort> bind(String protocol, String hostAddress, int hostPort, InetSocketAddress target)
            throws IOException {
        var address =
                hostAddress.isEmpty() ? Optional.<InetAddress>empty() : Optional.of(InetAddress.ofLiteral(hostAddress));
        return switch (protocol) {
            case "tcp" -> Optional.of(stream(address, hostPort, target));
            case "udp" -> Optional.of(datagram(address, hostPort, target));
            default -> Optional.empty();
        };
    }

    private static StreamRelay stream(Optional<InetAddress> address, int port, InetSocketAddress target)
            throws IOException {
        var channel = ServerSocketChannel.open(family(address));
        try {
            channel.bind(at(address, port));
            return StreamRelay.start(channel, target);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static DatagramRelay datagram(Optional<InetAddress> address, int port, InetSocketAddress target)
            throws IOException {
        var channel = DatagramChannel.open(family(address));
        try {
            channel.bind(at(address, port));
            return DatagramRelay.start(channel, target);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The JDK's sockets of the family INET6 take IPv4 too. */
    private static ProtocolFamily family(Optional<InetAddress> address) {
        return address.filter(Inet4Address.class::isInstance).isPresent() || !HAS_V6
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    private static InetSocketAddress at(Optional<InetAddress> address, int port) {
        return address.map(a -> new InetSocketAddress(a, port)).orElseGet(() -> new InetSocketAddress(port));
    }

    @Override
    void close();
}
