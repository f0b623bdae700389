package dev.gantry.agent.network;

import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.NetworkPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The host's ports that containers have: each is bound by this process, so that nobody else takes it and one that somebody else has is
 * found out. The kernel leads packets past these sockets; what reaches one all the same (from ::1, and IPv6 to a container that has none) is
 * relayed. Why so is written in docs/decisions.
 */
final class HostPorts implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HostPorts.class);

    /** A container whose end is known gives its ports back within this. */
    private static final long GIVEN_BACK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<String, List<BoundPort>> bound = new HashMap<>();
    private final Map<String, Set<PortClaim.Key>> keys = new HashMap<>();

    /** @throws GantryException PORT_IN_USE, NETWORKING_FAILED; none of them is bound then */
    void claim(String container, String name, NetworkPlan plan) {
        var claim = PortClaim.of(name, plan);
        awaitOwn(container, claim.keys());
        var mine = new ArrayList<BoundPort>();
        try {
            for (var port : plan.getPortsList()) {
                claim.bind(port).ifPresent(mine::add);
            }
        } catch (GantryException e) {
            mine.forEach(BoundPort::close);
            release(container);
            throw e;
        }
        synchronized (this) {
            bound.put(container, mine);
        }
    }

    /** What cannot be bound any more is done without: the container runs, and the kernel leads most packets there anyway. */
    void claimAgain(String container, NetworkPlan plan) {
        var claim = PortClaim.of(container, plan);
        var mine = new ArrayList<BoundPort>();
        for (var port : plan.getPortsList()) {
            try {
                claim.bind(port).ifPresent(mine::add);
            } catch (GantryException e) {
                LOG.warnf("container %s: %s", container, e.getMessage());
            }
        }
        synchronized (this) {
            bound.put(container, mine);
            keys.put(container, claim.keys());
        }
    }

    synchronized void release(String container) {
        var mine = bound.remove(container);
        if (mine != null) {
            mine.forEach(BoundPort::close);
        }
        keys.remove(container);
        notifyAll();
    }

    /** The ports are distinct by plan, so whoever of ours has one has ended and is about to give it back. */
    private synchronized void awaitOwn(String container, Set<PortClaim.Key> wanted) {
        var deadline = System.nanoTime() + GIVEN_BACK_NANOS;
        try {
            while (taken(container, wanted) && System.nanoTime() < deadline) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a port", e);
        }
        keys.put(container, wanted);
    }

    private boolean taken(String container, Set<PortClaim.Key> wanted) {
        return keys.entrySet().stream()
                .filter(other -> !other.getKey().equals(container))
                .anyMatch(other -> other.getValue().stream().anyMatch(wanted::contains));
    }

    @Override
    public synchronized void close() {
        bound.values().forEach(ports -> ports.forEach(BoundPort::close));
        bound.clear();
        keys.clear();
    }
}
