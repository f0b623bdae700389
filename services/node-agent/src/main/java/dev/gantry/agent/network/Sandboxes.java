package dev.gantry.agent.network;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.netlink.RouteRequest;
import dev.gantry.linux.netlink.RouteSocket;
import dev.gantry.linux.process.NetnsPool;
import dev.gantry.linux.process.ReadyPool;
import dev.gantry.linux.process.ThrowAwayThread;
import java.util.Random;

/**
 * Keeps a few sandboxes ready: making a pair of links takes the kernel about as long as starting a container without them. Those that nobody
 * took end with this process.
 */
final class Sandboxes implements AutoCloseable {
    private static final String PEER = "eth0";

    private final Kernel kernel;
    private final NetnsPool namespaces;
    private final RouteSocket host;
    private final ReadyPool<Sandbox> pool;
    private final Random random = new Random();

    Sandboxes(Kernel kernel, NetnsPool namespaces, RouteSocket host, int size) {
        this.kernel = kernel;
        this.namespaces = namespaces;
        this.host = host;
        this.pool = new ReadyPool<>("sandboxes", size, this::make, Sandbox::close);
    }

    /** Begins to make them. */
    void start() {
        pool.start();
    }

    /** One that nobody else has; made at once when none is ready. */
    Sandbox take() {
        return pool.take();
    }

    private Sandbox make() {
        var namespace = namespaces.take();
        try {
            return furnish(namespace);
        } catch (RuntimeException e) {
            namespace.close();
            throw e;
        }
    }

    private Sandbox furnish(Fd namespace) {
        var inside = enter(namespace);
        try {
            var name = name();
            host.apply(RouteRequest.addVeth(name, PEER, namespace));
            return new Sandbox(namespace, inside, name, index(host, name), index(inside, PEER));
        } catch (RuntimeException e) {
            inside.close();
            throw e;
        }
    }

    private RouteSocket enter(Fd namespace) {
        return ThrowAwayThread.call("sandbox", () -> {
            kernel.setns(namespace.number(), ProcessCalls.CLONE_NEWNET);
            HostSettings.openToAllUsers();
            return RouteSocket.open(kernel);
        });
    }

    static int index(RouteSocket links, String name) {
        return links.link(name)
                .orElseThrow(() -> new IllegalStateException("link " + name + " vanished"))
                .index();
    }

    String name() {
        return "veth%07x".formatted(random.nextInt(1 << 28));
    }

    @Override
    public void close() {
        pool.close();
    }
}
