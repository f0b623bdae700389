package dev.gantry.agent.network;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.netlink.RouteRequest;
import dev.gantry.linux.netlink.RouteSocket;
import dev.gantry.linux.process.NetnsPool;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Keeps a few sandboxes ready: making a pair of links takes the kernel about as long as starting a container without them. Those that nobody
 * took end with this process.
 */
final class Sandboxes implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Sandboxes.class);
    private static final String PEER = "eth0";

    private final Kernel kernel;
    private final NetnsPool namespaces;
    private final RouteSocket host;
    private final BlockingQueue<Sandbox> ready;
    private final Semaphore wanted;
    private final Random random = new Random();
    private volatile boolean closed;

    Sandboxes(Kernel kernel, NetnsPool namespaces, RouteSocket host, int size) {
        this.kernel = kernel;
        this.namespaces = namespaces;
        this.host = host;
        this.ready = new ArrayBlockingQueue<>(size);
        this.wanted = new Semaphore(size);
    }

    /** Begins to make them. */
    void start() {
        Thread.ofPlatform().daemon().name("sandboxes").start(this::fill);
    }

    private void fill() {
        try {
            while (!closed) {
                wanted.acquire();
                if (!closed && !ready.offer(make())) {
                    throw new IllegalStateException("more sandboxes than places");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // From here on every taker makes his own, and sees the error himself
            LOG.warnf(e, "no sandboxes ahead");
        }
        drain();
    }

    /** One that nobody else has; made at once when none is ready. */
    Sandbox take() {
        var one = ready.poll();
        if (one == null) {
            return make();
        }
        wanted.release();
        return one;
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

    /** On a thread of its own that ends afterwards: one that has changed its namespace must not come back to a pool. */
    private RouteSocket enter(Fd namespace) {
        var entered = new CompletableFuture<RouteSocket>();
        Thread.ofPlatform().daemon().name("sandbox").start(() -> {
            try {
                kernel.setns(namespace.number(), ProcessCalls.CLONE_NEWNET);
                HostSettings.openToAllUsers();
                entered.complete(RouteSocket.open(kernel));
            } catch (RuntimeException e) {
                entered.completeExceptionally(e);
            }
        });
        try {
            return entered.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
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
        closed = true;
        wanted.release();
        drain();
    }

    private void drain() {
        for (var one = ready.poll(); one != null; one = ready.poll()) {
            one.close();
        }
    }
}
