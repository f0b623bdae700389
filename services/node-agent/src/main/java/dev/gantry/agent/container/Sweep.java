package dev.gantry.agent.container;

import dev.gantry.agent.journal.ContainerState;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Forgets released containers once the scheduler has all their news, a while later: an order that was delayed on its way is still
 * recognised as an old one.
 */
public final class Sweep implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final Duration MEMORY = Duration.ofMinutes(2);

    private final Containers containers;
    private final Thread thread = Thread.ofVirtual().name("sweep").unstarted(this::run);

    public Sweep(Containers containers) {
        this.containers = containers;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                sweep(Clock.systemUTC().millis());
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void sweep(long now) {
        for (var container : containers.all()) {
            if (forgettable(container.journal().state(), now)) {
                try {
                    containers.forget(container);
                } catch (RuntimeException e) {
                    LOG.warnf("container %s cannot be forgotten: %s", container.id(), e.getMessage());
                }
            }
        }
    }

    static boolean forgettable(ContainerState state, long now) {
        return state.unacknowledged().isEmpty()
                && state.releasedAt().filter(at -> now - at > MEMORY.toMillis()).isPresent();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
