package dev.gantry.agent.output;

import dev.gantry.linux.Kernel;
import dev.gantry.linux.launch.LaunchedContainer;
import dev.gantry.linux.process.EpollLoop;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Spools what all running containers write, on a few platform threads. */
public final class Outputs implements AutoCloseable {
    private static final int THREADS = 2;

    private final Kernel kernel;
    private final EpollLoop loop;
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("output-", 0).factory());

    public Outputs(Kernel kernel, EpollLoop loop) {
        this.kernel = kernel;
        this.loop = loop;
    }

    /** Begins to spool a run's output. The result completes when its last byte is in the spool. */
    public CompletableFuture<Void> spool(LaunchedContainer process, Spool spool) {
        var terminal = process.state().descriptors().terminal();
        var pumps = new ArrayList<CompletableFuture<Void>>();
        process.stdout()
                .ifPresent(
                        fd -> pumps.add(new OutputPump(kernel, loop, this, spool, Stream.STDOUT, fd, terminal).done()));
        process.stderr()
                .ifPresent(
                        fd -> pumps.add(new OutputPump(kernel, loop, this, spool, Stream.STDERR, fd, terminal).done()));
        return CompletableFuture.allOf(pumps.toArray(CompletableFuture[]::new));
    }

    void execute(Runnable work) {
        pool.execute(work);
    }

    void executeLater(Runnable work, long delay, TimeUnit unit) {
        var _ = pool.schedule(work, delay, unit);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
