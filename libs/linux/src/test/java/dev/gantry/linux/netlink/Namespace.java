package dev.gantry.linux.netlink;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.process.NetnsPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A network namespace of a test's own. A socket that is made inside belongs to it, whoever uses it later. */
public record Namespace(Fd descriptor) implements AutoCloseable {
    public static Namespace make() {
        try (var pool = NetnsPool.start(Kernel.real(), 0)) {
            return new Namespace(pool.take());
        }
    }

    public RouteSocket links() {
        return RouteSocket.openIn(Kernel.real(), descriptor);
    }

    /** Runs it on a thread that is in the namespace. */
    public <T> T inside(Callable<T> work) throws Exception {
        var result = new CompletableFuture<T>();
        Thread.ofPlatform().start(() -> {
            try {
                Kernel.real().setns(descriptor.number(), ProcessCalls.CLONE_NEWNET);
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.get();
    }

    public void set(String name, String value) throws Exception {
        var _ = inside(() -> Files.writeString(Path.of("/proc/sys/net", name), value));
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
