package dev.gantry.agent.restart;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.journal.EpochNanos;
import dev.gantry.agent.journal.LaunchedProcess;
import dev.gantry.agent.monitor.Sequel;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.RestartPolicy;
import dev.gantry.contracts.rpc.Order;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Starts containers again by their restart policies, each after its pause. What is due stands in the journal, so the next agent goes on with
 * it, after a crash of this one and after the host's restart alike.
 */
public final class Restarts implements Sequel, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Restarts.class);

    /** The way to a process and to the scheduler's ear. */
    public interface Effects {
        Attempt start(Container container, Order lastStart) throws InterruptedException;

        void notStarted(Container container, int exitCode, String why, boolean again);

        void givenUp(Container container);
    }

    /** What came of a restart. */
    public sealed interface Attempt {
        record Started() implements Attempt {}

        /** It runs already, or shall not run any more. */
        record NotDue() implements Attempt {}

        /** @param exitCode what Docker shows for it */
        record Failed(int exitCode, String why) implements Attempt {}
    }

    private final Containers containers;
    private final Effects effects;
    private final Map<String, Thread> pausing = new ConcurrentHashMap<>();
    private final Map<String, Duration> pauses = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Restarts(Containers containers, Effects effects) {
        this.containers = containers;
        this.effects = effects;
    }

    /** Goes on with what an agent before this one owed. */
    public void resume() {
        for (var container : containers.all()) {
            if (container.journal().state().restart().due() && container.run().isEmpty()) {
                begin(container);
            }
        }
    }

    @Override
    public boolean follows(Container container, int exitCode) {
        var state = container.journal().state();
        return state.start()
                .filter(start -> Policy.startsAgain(policy(start), state.restart(), exitCode))
                .isPresent();
    }

    private static RestartPolicy policy(Order start) {
        return DockerJson.read(start.getStart().getHostConfig().toByteArray(), HostConfig.class)
                .restartPolicy();
    }

    @Override
    public void begin(Container container) {
        begin(
                container,
                container.journal().state().process().map(Restarts::lasted).orElse(Duration.ZERO));
    }

    private void begin(Container container, Duration lasted) {
        // the first one since somebody started it begins anew
        var first = container.journal().state().restart().count() <= 1;
        var before = first ? Duration.ZERO : pauses.getOrDefault(container.id(), Duration.ZERO);
        var pause = Policy.pause(before, lasted);
        pauses.put(container.id(), pause);
        var thread = Thread.ofVirtual().name("restart " + container.id()).unstarted(() -> run(container, pause));
        pausing.put(container.id(), thread);
        thread.start();
    }

    private static Duration lasted(LaunchedProcess process) {
        return Duration.ofNanos(Math.max(0, EpochNanos.now() - process.startedAt()));
    }

    private void run(Container container, Duration pause) {
        try {
            Thread.sleep(pause);
            // whoever takes the thread out decides; a later pause has put another one in
            if (!closed && pausing.remove(container.id(), Thread.currentThread())) {
                startOrGiveUp(container);
            }
        } catch (InterruptedException endOfThePause) {
            LOG.debugf("container %s: a pause of %s was ended", container.id(), pause);
        } catch (RuntimeException e) {
            LOG.errorf(e, "container %s: restart", container.id());
        }
    }

    private void startOrGiveUp(Container container) throws InterruptedException {
        var start = container.journal().state().start();
        switch (start.isPresent() ? effects.start(container, start.get()) : new Attempt.NotDue()) {
            case Attempt.Started() -> LOG.debugf("container %s: started again", container.id());
            case Attempt.NotDue() -> giveUpIfStopped(container);
            case Attempt.Failed(var exitCode, var why) -> failed(container, exitCode, why);
        }
    }

    private void failed(Container container, int exitCode, String why) {
        LOG.infof("container %s: restart failed: %s", container.id(), why);
        var again = follows(container, exitCode);
        effects.notStarted(container, exitCode, why, again);
        if (again) {
            begin(container, Duration.ZERO);
        }
    }

    /** Somebody wants it to end, and the journal says so already: what was announced is called off. */
    public void giveUpIfStopped(Container container) {
        var restart = container.journal().state().restart();
        if (restart.stopped()) {
            pauses.remove(container.id());
            var thread = pausing.remove(container.id());
            if (thread != null) {
                thread.interrupt();
            }
            if (restart.due()) {
                effects.givenUp(container);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        pausing.values().forEach(Thread::interrupt);
    }
}
