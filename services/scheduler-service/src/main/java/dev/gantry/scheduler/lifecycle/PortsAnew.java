package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.docker.port.PublishRequest;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import dev.gantry.scheduler.container.Phase;
import dev.gantry.scheduler.container.Verb;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Starts a container once more when a host port that was chosen for it turns out to be in use by somebody else on the host: it leaves
 * its network and comes again, and gets others. A port that the user named is not exchanged.
 */
final class PortsAnew {
    private static final Logger LOG = Logger.getLogger(PortsAnew.class);
    private static final int ATTEMPTS = 10; // as Docker's

    private final Ports ports;
    private final InstantSource clock;
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    PortsAnew(Ports ports, InstantSource clock) {
        this.ports = ports;
        this.clock = clock;
    }

    /** @return whether another order took this one's place, with those who wait for it */
    boolean ordered(Cell cell, PendingOrder order, Outcome outcome) {
        if (!inUse(outcome) || !mayChange(cell.current()) || attempts.merge(cell.id(), 1, Integer::sum) >= ATTEMPTS) {
            attempts.remove(cell.id());
            return false;
        }
        LOG.infof(
                "container %s: %s; it gets other ports",
                cell.id(), outcome.getFailed().getMessage());
        // before the next order is committed: whoever repeats an order has to find the same ports again
        ports.leave(cell.current());
        var change = cell.change(container -> again(cell, container, order));
        return !change.issued().isEmpty();
    }

    private static boolean inUse(Outcome outcome) {
        return outcome.getResultCase() == Outcome.ResultCase.FAILED
                && outcome.getFailed().getCode().equals(ErrorCode.PORT_IN_USE.name());
    }

    private static boolean mayChange(Container container) {
        return PublishRequest.of(container.spec().config(), container.spec().hostConfig())
                .open();
    }

    private Change again(Cell cell, Container container, PendingOrder order) {
        var status = container.status();
        if (status.order(order.generation()).isEmpty() || status.is(Phase.REMOVING)) {
            return Change.none(container);
        }
        var change = new Step(container, clock.instant())
                .acknowledge(order.generation())
                .order(Verb.START, 0, 0)
                .commit();
        change.issued().forEach(next -> cell.link(order.generation(), next.generation()));
        return change;
    }
}
