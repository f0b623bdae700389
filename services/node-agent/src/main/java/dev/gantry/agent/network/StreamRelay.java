package dev.gantry.agent.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Connections that the kernel does not lead to the container by itself. */
final class StreamRelay implements BoundPort {
    private static final Logger LOG = Logger.getLogger(StreamRelay.class);
    private static final int BUFFER = 16 << 10;
    private static final int MOST_CONNECTIONS = 1024;

    private final ServerSocketChannel listener;
    private final InetSocketAddress target;
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private StreamRelay(ServerSocketChannel listener, InetSocketAddress target) {
        this.listener = listener;
        this.target = target;
    }

    static StreamRelay start(ServerSocketChannel listener, InetSocketAddress target) {
        var relay = new StreamRelay(listener, target);
        Thread.ofVirtual().name("relay").start(relay::accept);
        return relay;
    }

    private void accept() {
        try {
            while (true) {
                places.acquire();
                var client = listener.accept();
                Thread.ofVirtual().name("relay").start(() -> serve(client));
            }
        } catch (ClosedChannelException | InterruptedException e) {
            // closed
        } catch (IOException e) {
            LOG.warnf("relay to %s ends: %s", target, e.getMessage());
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                var container = SocketChannel.open()) {
            open.add(client);
            open.add(container);
            container.connect(target);
            var back = Thread.ofVirtual().name("relay").start(() -> copy(container, client));
            copy(client, container);
            back.join();
        } catch (IOException e) {
            LOG.debugf("relay to %s: %s", target, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.removeIf(channel -> !channel.isOpen());
            places.release();
        }
    }

    /** Until the end of what is read, which the other side is told; an error ends both directions. */
    private static void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf("close of a relayed connection: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warnf("close of the relay to %s: %s", target, e.getMessage());
        }
        open.forEach(StreamRelay::closeQuietly);
    }
}
