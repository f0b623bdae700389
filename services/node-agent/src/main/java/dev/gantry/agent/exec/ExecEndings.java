package dev.gantry.agent.exec;

import dev.gantry.linux.launch.Exit;
import dev.gantry.linux.launch.LaunchedExec;
import dev.gantry.linux.process.EpollLoop;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Watches execs until they end, and then writes their ends down and lets go of what they held. */
final class ExecEndings implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ExecEndings.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final EpollLoop exits;
    private final ExecTable table;
    private final ExecFacts facts;
    private final ExecutorService endings = Executors.newVirtualThreadPerTaskExecutor();

    ExecEndings(EpollLoop exits, ExecTable table, ExecFacts facts) {
        this.exits = exits;
        this.table = table;
        this.facts = facts;
    }

    void watch(LiveExec one, LaunchedExec process, ExecOutput output) {
        var _ = exits.watch(process.pidfd(), EpollLoop.IN, (watch, _) -> {
            watch.close();
            endings.execute(() -> end(one, process, output));
        });
    }

    /** The exit is asked for first: until then the kernel keeps the container's own end back. */
    private void end(LiveExec one, LaunchedExec process, ExecOutput output) {
        var exit = process.exit().orElse(new Exit.Unknown());
        one.stdin().end();
        record(one, exit);
        output.processEnded();
        try {
            output.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        one.close(process);
        table.remove(one);
    }

    /** An end that cannot be written down, say on a full disk, is not forgotten: it is tried until it can. */
    private void record(LiveExec one, Exit exit) {
        while (true) {
            try {
                facts.died(one.container(), one.id(), exit);
                one.recorded().complete(null);
                return;
            } catch (RuntimeException e) {
                LOG.errorf("exec %s: its end cannot be recorded: %s", one.id(), e);
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    @Override
    public void close() {
        endings.shutdownNow();
    }
}
