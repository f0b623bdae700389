package dev.gantry.linux.process;

import static dev.gantry.linux.ProcessCalls.CLONE_NEWNET;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * Makes each namespace on a platform thread of its own that ends afterwards: a thread that has called unshare must not come back
 * to a pool.
 */
final class BackgroundNetnsPool implements NetnsPool {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | FileCalls.O_CLOEXEC;
    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int IFREQ = 40;
    private static final int IFNAMSIZ = 16;
    private static final int IFF_UP = 1;

    private final Kernel kernel;
    private final BlockingQueue<Fd> ready;
    private final Semaphore wanted;
    private volatile boolean closed;

    BackgroundNetnsPool(Kernel kernel, int size) {
        this.kernel = kernel;
        this.ready = new ArrayBlockingQueue<>(Math.max(size, 1));
        this.wanted = new Semaphore(size);
        Thread.ofPlatform().daemon().name("netns-pool").start(this::fill);
    }

    private void fill() {
        try {
            while (!closed) {
                wanted.acquire();
                if (!closed && !ready.offer(make())) {
                    throw new IllegalStateException("more network namespaces than places");
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // From here on every taker makes his own, and sees the error himself
            System.getLogger("dev.gantry.linux").log(System.Logger.Level.WARNING, "no network namespaces ahead", e);
        }
        if (closed) {
            drain();
        }
    }

    @Override
    public Fd take() {
        Fd one = ready.poll();
        if (one == null) {
            return make();
        }
        wanted.release();
        return one;
    }

    private Fd make() {
        CompletableFuture<Fd> made = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("netns").start(() -> {
            try {
                made.complete(unshared());
            } catch (RuntimeException e) {
                made.completeExceptionally(e);
            }
        });
        try {
            return made.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Fd unshared() {
        kernel.unshare(CLONE_NEWNET);
        loopbackUp();
        return Fd.own(kernel, kernel.open("/proc/thread-self/ns/net", FileCalls.O_RDONLY, 0));
    }

    /** netdevice(7): set IFF_UP on lo. */
    private void loopbackUp() {
        try (Fd socket = Fd.own(kernel, (int) kernel.call(Sys.SOCKET, AF_INET, SOCK_DGRAM_CLOEXEC, 0))) {
            Out request = Out.of(IFREQ);
            request.buffer().put("lo".getBytes(StandardCharsets.US_ASCII));
            kernel.ioctl(socket.number(), SIOCGIFFLAGS, request);
            short flags = request.buffer().getShort(IFNAMSIZ);
            request.buffer().putShort(IFNAMSIZ, (short) (flags | IFF_UP));
            kernel.ioctl(socket.number(), SIOCSIFFLAGS, request);
        }
    }

    @Override
    public void close() {
        closed = true;
        wanted.release();
        drain();
    }

    private void drain() {
        for (Fd one = ready.poll(); one != null; one = ready.poll()) {
            one.close();
        }
    }
}
