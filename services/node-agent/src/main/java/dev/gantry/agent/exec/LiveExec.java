package dev.gantry.agent.exec;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.output.Stdin;
import dev.gantry.linux.launch.LaunchedExec;
import dev.gantry.linux.launch.Stdio;
import java.util.concurrent.CompletableFuture;

/** An exec from the moment somebody starts it until its end is recorded and its output delivered. */
final class LiveExec {
    private final Container container;
    private final String id;
    private final Stdin stdin;
    private final Stdin.Writer writer;
    private final CompletableFuture<LaunchedExec> launched = new CompletableFuture<>();
    private final CompletableFuture<Void> recorded = new CompletableFuture<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private boolean closed;

    LiveExec(Container container, String id, Stdin stdin) {
        this.container = container;
        this.id = id;
        this.stdin = stdin;
        this.writer = stdin.writer(); // made now: it writes to this process, however soon that ends
    }

    Container container() {
        return container;
    }

    String id() {
        return id;
    }

    Stdin stdin() {
        return stdin;
    }

    Stdin.Writer writer() {
        return writer;
    }

    /** Completes with the process, or with what kept it from running. */
    CompletableFuture<LaunchedExec> launched() {
        return launched;
    }

    /** Completes when its end is in the journal. */
    CompletableFuture<Void> recorded() {
        return recorded;
    }

    /** Completes when its end is recorded and all its output read. */
    CompletableFuture<Void> finished() {
        return finished;
    }

    synchronized void resize(LaunchedExec process, Stdio.WindowSize size) {
        if (!closed) {
            process.resize(size);
        }
    }

    /** Nobody may use a descriptor whose number is another file's by now. */
    synchronized void close(LaunchedExec process) {
        closed = true;
        process.close();
    }
}
