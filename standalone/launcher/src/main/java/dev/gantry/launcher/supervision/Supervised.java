package dev.gantry.launcher.supervision;

import dev.gantry.platform.os.Daemon;
import dev.gantry.platform.os.Deadline;
import dev.gantry.platform.os.ProcessId;
import dev.gantry.platform.os.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One process that is kept running. It belongs to nobody: when this JVM dies it goes on, and the next one finds it by its pid
 * file and start time.
 */
public final class Supervised {
    private static final Logger LOG = Logger.getLogger(Supervised.class.getName());
    /** Also for adopted processes, which are nobody's children and so cannot be waited for. */
    private static final Duration POLL = Duration.ofMillis(100);

    /** Long, since a process that has been told to learn writes down what it learnt at its end. */
    private static final Duration KILLED_AFTER = Duration.ofSeconds(60);

    private final Daemon daemon;
    private final HealthProbe probe;
    private final StatusBoard board;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread watcher;

    public Supervised(Daemon daemon, HealthProbe probe, StatusBoard board) {
        this.daemon = daemon;
        this.probe = probe;
        this.board = board;
        this.watcher = Thread.ofVirtual().name("watch-" + daemon.name()).unstarted(this::keepRunning);
    }

    public void start() {
        watcher.start();
    }

    private void keepRunning() {
        var backoff = Backoff.fresh();
        while (!isStopping()) {
            var begin = Instant.now();
            try {
                watch(startOrAdopt());
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, e, () -> daemon.name() + " cannot be started");
            }
            if (!isStopping()) {
                var run = Duration.between(begin, Instant.now());
                var pause = backoff.pause(run);
                LOG.warning(() -> daemon.name() + " ended after " + run.toSeconds() + " s, starts again in "
                        + pause.toSeconds() + " s");
                board.set(daemon.name(), State.BACKOFF, Optional.empty());
                awaitStop(pause);
                backoff = backoff.after(run);
            }
        }
    }

    private ProcessId startOrAdopt() throws IOException {
        var running = daemon.running();
        if (running.isPresent()) {
            LOG.info(() -> daemon.name() + " runs already as " + running.get().pid() + ", adopted");
            return running.get();
        }
        return daemon.start();
    }

    private void watch(ProcessId process) {
        board.set(daemon.name(), State.STARTING, Optional.of(process));
        var ready = false;
        while (process.alive() && !isStopping()) {
            if (!ready && probe.ready()) {
                ready = true;
                board.set(daemon.name(), State.READY, Optional.of(process));
            }
            awaitStop(POLL);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void awaitStop(Duration atMost) {
        try {
            if (stopping.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the process to end, insists after a minute; returns when it is gone. */
    public void stop() throws IOException {
        stopping.countDown();
        var running = daemon.running();
        if (running.isPresent()) {
            end(running.get());
        }
        board.set(daemon.name(), State.STOPPED, Optional.empty());
    }

    /** Ends the process that the pid file names, if it still is that process. */
    public static void stop(Path pidFile) throws IOException {
        var running = Daemon.running(pidFile);
        if (running.isPresent()) {
            LOG.info(() -> pidFile + " names a process that is not of this platform any more: stopped");
            end(running.get());
        }
    }

    private static void end(ProcessId process) throws IOException {
        process.send(Signal.TERM);
        if (!Deadline.in(KILLED_AFTER).await(() -> !process.alive())) {
            LOG.warning(() -> process.pid() + " did not end within " + KILLED_AFTER.toSeconds() + " s: killed");
            process.send(Signal.KILL);
        }
    }
}
