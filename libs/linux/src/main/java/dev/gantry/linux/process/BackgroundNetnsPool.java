package dev.gantry.linux.process;

import static dev.gantry.linux.ProcessCalls.CLONE_NEWNET;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;
import java.nio.charset.StandardCharsets;

/** Makes them with unshare(2). */
final class BackgroundNetnsPool implements NetnsPool {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | FileCalls.O_CLOEXEC;
    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int IFREQ = 40;
    private static final int IFNAMSIZ = 16;
    private static final int IFF_UP = 1;

    private final Kernel kernel;
    private final ReadyPool<Fd> pool;

    BackgroundNetnsPool(Kernel kernel, int size) {
        this.kernel = kernel;
        this.pool = new ReadyPool<>("netns-pool", size, this::make, Fd::close);
        pool.start();
    }

    @Override
    public Fd take() {
        return pool.take();
    }

    private Fd make() {
        return ThrowAwayThread.call("netns", this::unshared);
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
        pool.close();
    }
}
