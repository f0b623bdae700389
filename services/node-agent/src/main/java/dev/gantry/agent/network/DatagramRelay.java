package dev.gantry.agent.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Datagrams that the kernel does not lead to the container by itself. Each sender has a socket of its own towards it, so that answers find back. */
final class DatagramRelay implements BoundPort {
    private static final Logger LOG = Logger.getLogger(DatagramRelay.class);
    private static final int MOST_BYTES = 65_535;

    /** The sender that was not heard of for the longest time has to make room. */
    private static final int MOST_SENDERS = 256;

    private final DatagramChannel host;
    private final InetSocketAddress target;
    private final Map<SocketAddress, DatagramChannel> senders = new LinkedHashMap<>(16, 0.75f, true);

    private DatagramRelay(DatagramChannel host, InetSocketAddress target) {
        this.host = host;
        this.target = target;
    }

    static DatagramRelay start(DatagramChannel host, InetSocketAddress target) {
        var relay = new DatagramRelay(host, target);
        Thread.ofVirtual().name("relay").start(relay::receive);
        return relay;
    }

    private void receive() {
        try {
            var buffer = ByteBuffer.allocate(MOST_BYTES);
            while (true) {
                buffer.clear();
                var sender = host.receive(buffer);
                buffer.flip();
                forward(sender, buffer);
            }
        } catch (ClosedChannelException e) {
            // closed
        } catch (IOException e) {
            LOG.warnf("relay to %s ends: %s", target, e.getMessage());
        }
    }

    /** A datagram that nobody takes is lost, as datagrams are. */
    private void forward(SocketAddress sender, ByteBuffer datagram) {
        try {
            towards(sender).write(datagram);
        } catch (IOException e) {
            LOG.debugf("relay to %s: %s", target, e.getMessage());
        }
    }

    private synchronized DatagramChannel towards(SocketAddress sender) throws IOException {
        var known = senders.get(sender);
        if (known != null && known.isOpen()) {
            return known;
        }
        if (senders.size() >= MOST_SENDERS) {
            var eldest = senders.entrySet().iterator().next();
            senders.remove(eldest.getKey());
            eldest.getValue().close();
        }
        var channel = DatagramChannel.open();
        channel.connect(target);
        senders.put(sender, channel);
        Thread.ofVirtual().name("relay").start(() -> answer(channel, sender));
        return channel;
    }

    private void answer(DatagramChannel container, SocketAddress sender) {
        var buffer = ByteBuffer.allocate(MOST_BYTES);
        try (container) {
            while (true) {
                buffer.clear();
                container.receive(buffer);
                buffer.flip();
                host.send(buffer, sender);
            }
        } catch (IOException e) {
            LOG.debugf("relay from %s: %s", target, e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        try {
            host.close();
            for (var channel : senders.values()) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.warnf("close of the relay to %s: %s", target, e.getMessage());
        }
        senders.clear();
    }
}
