package dev.gantry.linux.launch;

import dev.gantry.linux.Kernel;
import dev.gantry.linux.ProcessCalls;
import dev.gantry.linux.process.NetnsPool;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Starts containers and takes over those that another process started. The work is done on a few platform threads of its
 * own, so callers may be virtual threads; they wait a few milliseconds. Safe for use by many threads.
 */
public final class Launcher implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int SWEEP_SECONDS = 10;

    private final Kernel kernel;
    private final NetnsPool networks;
    private final ExecutorService threads;
    private final Strays strays;
    private final ScheduledExecutorService sweeper;
    private final ScheduledFuture<?> sweeping;

    private Launcher(Kernel kernel, NetnsPool networks) {
        this.kernel = kernel;
        this.networks = networks;
        ThreadFactory factory = Thread.ofPlatform().daemon().name("launch-", 0).factory();
        this.threads = Executors.newFixedThreadPool(THREADS, factory);
        this.strays = new Strays(kernel);
        this.sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("strays").factory());
        this.sweeping = sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** Makes this process a child subreaper, so that what loses its monitor becomes its child. The pool stays the caller's to close. */
    public static Launcher create(Kernel kernel, NetnsPool networks) {
        kernel.prctl(ProcessCalls.PR_SET_CHILD_SUBREAPER, 1);
        return new Launcher(kernel, networks);
    }

    /** {@link #prepare} and {@link Prepared#go} in one. */
    public LaunchedContainer start(LaunchSpec spec) {
        return onThread(() -> new Launch(kernel, networks, this).prepare(spec).finish());
    }

    /**
     * Makes the container up to the point where only the word to go is missing. Write {@link Prepared#state} down, then say
     * go: should this process die before, the prepared one ends by itself.
     *
     * @throws LaunchFailure when it could not be made
     * @throws IllegalArgumentException for a spec that cannot be carried out, such as a path with dots
     */
    public Prepared prepare(LaunchSpec spec) {
        return onThread(() -> new Launch(kernel, networks, this).prepare(spec));
    }

    /** Finds out what became of a container that an earlier process started. */
    public Adopted adopt(ContainerState state) {
        return onThread(() -> new Adoption(kernel, this).of(state));
    }

    /**
     * Makes a process in a running container up to the point where only the word to go is missing.
     *
     * @throws LaunchFailure when it could not be made; ESRCH when the container has ended
     */
    public PreparedExec prepare(ExecSpec spec) {
        return onThread(() -> new ExecLaunch(kernel, this, spec).prepare());
    }

    /** Finds a process again that an earlier process launched into a container; empty when it is gone, and how it ended with it. */
    public Optional<LaunchedExec> adopt(ContainerState.ProcessIdentity exec) {
        return onThread(() -> new Adoption(kernel, this)
                .open(exec)
                .map(pidfd -> new JoinedProcess(kernel, this, exec, pidfd, StdioEnds.NONE)));
    }

    /** Ends the threads; containers run on. */
    @Override
    public void close() {
        threads.shutdown();
        sweeping.cancel(false);
        sweeper.shutdown();
    }

    Strays strays() {
        return strays;
    }

    private void sweep() {
        try {
            strays.sweep();
        } catch (RuntimeException e) {
            // Next time again; an exception would end the schedule
            System.getLogger("dev.gantry.linux").log(System.Logger.Level.WARNING, "could not look for strays", e);
        }
    }

    /** Runs it on a platform thread, for it may block, and waits; a caller on such a thread needs no other. */
    <T> T onThread(Callable<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return here(work);
        }
        Future<T> future = threads.submit(work);
        try {
            return future.get();
        } catch (InterruptedException e) {
            // The launch goes on; what it makes would be nobody's
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while launching", e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    private static <T> T here(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs it on a platform thread some time. */
    void later(Runnable work) {
        if (!threads.isShutdown()) {
            threads.execute(work);
        }
    }

    private static RuntimeException rethrown(ExecutionException failed) {
        return switch (failed.getCause()) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(failed);
        };
    }
}
