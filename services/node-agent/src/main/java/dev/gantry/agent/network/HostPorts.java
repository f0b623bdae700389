package dev.gantry.agent.network;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.PortPlan;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** One socket for a port, at one of the host's addresses or at all. */
    private record Key(String protocol, int port) {}

    private final Map<String, List<BoundPort>> bound = new HashMap<>();
    private final Map<String, Set<Key>> keys = new HashMap<>();

    /** @throws GantryException PORT_IN_USE, NETWORKING_FAILED; none of them is bound then */
    void claim(String container, String name, NetworkPlan plan) {
        awaitOwn(container, keys(plan));
        var mine = new ArrayList<BoundPort>();
        try {
            for (var port : plan.getPortsList()) {
                bind(name, plan, port).ifPresent(mine::add);
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
        var mine = new ArrayList<BoundPort>();
        for (var port : plan.getPortsList()) {
            try {
                bind(container, plan, port).ifPresent(mine::add);
            } catch (GantryException e) {
                LOG.warnf("container %s: %s", container, e.getMessage());
            }
        }
        synchronized (this) {
            bound.put(container, mine);
            keys.put(container, keys(plan));
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
    private synchronized void awaitOwn(String container, Set<Key> wanted) {
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

    private boolean taken(String container, Set<Key> wanted) {
        return keys.entrySet().stream()
                .filter(other -> !other.getKey().equals(container))
                .anyMatch(other -> other.getValue().stream().anyMatch(wanted::contains));
    }

    private static Set<Key> keys(NetworkPlan plan) {
        var keys = new HashSet<Key>();
        for (var port : plan.getPortsList()) {
            keys.add(new Key(port.getProtocol() + " " + port.getHostAddress(), port.getHostPort()));
        }
        return keys;
    }

    /** Nothing for an IPv4 address that an address for all stands beside: that socket has both families. */
    private static Optional<BoundPort> bind(String name, NetworkPlan plan, PortPlan port) {
        if (port.getHostAddress().equals("0.0.0.0") && isAlsoAnyV6(plan, port)) {
            return Optional.empty();
        }
        var targets = Endpoints.targets(plan);
        if (targets.isEmpty()) {
            return Optional.empty();
        }
        var target = new InetSocketAddress(targets.getFirst(), port.getContainerPort());
        try {
            return BoundPort.bind(port.getProtocol(), port.getHostAddress(), port.getHostPort(), target);
        } catch (IOException e) {
            throw failure(name, plan, port, targets.getFirst(), e);
        }
    }

    private static boolean isAlsoAnyV6(NetworkPlan plan, PortPlan port) {
        return plan.getPortsList().stream()
                .anyMatch(other -> other.getHostAddress().equals("::")
                        && other.getProtocol().equals(port.getProtocol())
                        && other.getHostPort() == port.getHostPort());
    }

    private static GantryException failure(
            String name, NetworkPlan plan, PortPlan port, InetAddress target, IOException cause) {
        var host = port.getHostAddress().isEmpty() ? "0.0.0.0" : port.getHostAddress();
        var endpoint = plan.getEndpoints(0).getId();
        var inside = port.getContainerPort() + "/" + port.getProtocol();
        var words = String.valueOf(cause.getMessage()).toLowerCase(java.util.Locale.ROOT);
        if (cause instanceof BindException && words.contains("in use")) {
            return ErrorCode.PORT_IN_USE
                    .with(name, endpoint, host, port.getHostPort(), target.getHostAddress(), inside)
                    .causedBy(cause);
        }
        return ErrorCode.NETWORKING_FAILED
                .with("driver failed programming external connectivity on endpoint " + name + " (" + endpoint
                        + "): failed to bind host port " + host + ":" + port.getHostPort() + ":"
                        + target.getHostAddress() + ":" + inside + ": " + words)
                .causedBy(cause);
    }

    @Override
    public synchronized void close() {
        bound.values().forEach(ports -> ports.forEach(BoundPort::close));
        bound.clear();
        keys.clear();
    }
}
