package dev.gantry.agent.container;

import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.launch.LaunchedContainer;
import dev.gantry.linux.launch.Stdio;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One life of a container's process. */
public final class Run {
    private final long number;
    private final long generation;
    private final LaunchedContainer process;
    private final CompletableFuture<Void> drained;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean closed;

    /** @param drained completes when all its output is in the spool */
    public Run(long number, long generation, LaunchedContainer process, CompletableFuture<Void> drained) {
        this.number = number;
        this.generation = generation;
        this.process = process;
        this.drained = drained;
    }

    public long number() {
        return number;
    }

    /** Of the order that started it. */
    public long generation() {
        return generation;
    }

    public int pid() {
        return process.pid();
    }

    public CompletableFuture<Void> drained() {
        return drained;
    }

    /** Completes when its end is journalled and what it used is given back. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** @return false when it has ended */
    public synchronized boolean signal(int signal) {
        return !closed && process.signal(signal);
    }

    /** A descriptor of the caller's own of its process; empty when that is gone. */
    public synchronized Optional<Fd> pidfd(Kernel kernel) {
        return closed
                ? Optional.empty()
                : Optional.of(Fd.own(kernel, kernel.fcntl(process.pidfd().number(), FileCalls.F_DUPFD_CLOEXEC, 0)));
    }

    /** Does nothing without a terminal. */
    public synchronized void resize(Stdio.WindowSize size) {
        if (!closed) {
            process.resize(size);
        }
    }

    /** Nobody may use a descriptor whose number is another file's by now. */
    public synchronized void close() {
        closed = true;
        process.close();
    }
}
