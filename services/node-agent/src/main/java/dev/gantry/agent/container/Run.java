package dev.gantry.agent.container;

import dev.gantry.linux.launch.LaunchedContainer;
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

    /** Nobody may use a descriptor whose number is another file's by now. */
    public synchronized void close() {
        closed = true;
        process.close();
    }
}
