package dev.gantry.agent.container;

import dev.gantry.agent.journal.Journal;
import dev.gantry.agent.output.Spool;
import dev.gantry.agent.output.Stdin;
import dev.gantry.contracts.rpc.Outcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One container on this host. */
public final class Container {
    private final String id;
    private final Path directory;
    private final Journal journal;
    private final Spool spool;
    private final Stdin stdin;
    private final ReentrantLock transition = new ReentrantLock();
    private final ReentrantLock telling = new ReentrantLock();
    private final Map<Long, CompletableFuture<Outcome>> inFlight = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> execs = new ConcurrentHashMap<>();
    private volatile Optional<Run> run = Optional.empty();

    Container(String id, Path directory, Journal journal, Spool spool, Stdin stdin) {
        this.id = id;
        this.directory = directory;
        this.journal = journal;
        this.spool = spool;
        this.stdin = stdin;
    }

    public String id() {
        return id;
    }

    /** {@code <data>/agent/containers/<id>} */
    public Path directory() {
        return directory;
    }

    public Journal journal() {
        return journal;
    }

    public Spool spool() {
        return spool;
    }

    public Stdin stdin() {
        return stdin;
    }

    /** Held while a process is made or everything is given back; a signal is sent without it. */
    public ReentrantLock transition() {
        return transition;
    }

    /** Held while a fact is journalled and handed on. */
    public ReentrantLock telling() {
        return telling;
    }

    /** The orders that are being carried out, by generation; to be used while holding this object's monitor. */
    public Map<Long, CompletableFuture<Outcome>> inFlight() {
        return inFlight;
    }

    /** Its further processes whose end is not recorded yet, by id. */
    public Map<String, CompletableFuture<Void>> execs() {
        return execs;
    }

    /** The run that is on. */
    public Optional<Run> run() {
        return run;
    }

    public void run(Optional<Run> next) {
        run = next;
    }
}
