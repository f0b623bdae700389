package dev.gantry.agent.orders;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.journal.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;

/** Gives back everything of a container but its journal, which still has news for the scheduler. */
public final class ReleaseOrders {
    private static final String JOURNAL = "journal";

    private final Blocking blocking;
    private final Host host;
    private final Networking networking;
    private final Pauses pauses;

    public ReleaseOrders(Blocking blocking, Host host, Networking networking) {
        this.pauses = new Pauses(host.cgroups());
        this.blocking = blocking;
        this.host = host;
        this.networking = networking;
    }

    /** Each step may be repeated; what is not there is given back already. */
    void release(Container container) {
        blocking.call(() -> {
            container.transition().lock();
            try {
                kill(container);
                networking.leave(container);
                host.cgroups().remove(container.id());
                host.roots().release(container.id());
                container.spool().remove();
                deleteFiles(container);
                container.journal().append(new Entry.Released(Clock.systemUTC().millis()));
                return true;
            } finally {
                container.transition().unlock();
            }
        });
    }

    private void kill(Container container) {
        var run = container.run();
        try {
            if (run.isPresent()) {
                SignalOrders.end(container, run.get(), pauses);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while killing container " + container.id(), e);
        }
    }

    private static void deleteFiles(Container container) {
        try (var files = Files.list(container.directory())) {
            for (var file : files.toList()) {
                if (!file.endsWith(JOURNAL)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + container.directory(), e);
        }
    }
}
