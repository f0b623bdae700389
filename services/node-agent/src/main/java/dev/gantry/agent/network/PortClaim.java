package dev.gantry.agent.network;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.PortPlan;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One container's ports on their way to the host's. A plan may have thousands, so what is the same for all is found once.
 *
 * @param name of the container, for errors
 * @param targets its addresses
 * @param keys of all its ports
 */
record PortClaim(String name, NetworkPlan plan, List<InetAddress> targets, Set<Key> keys) {
    private static final String ANY_V4 = "0.0.0.0";
    private static final String ANY_V6 = "::";

    /** A port of the host, at one of its addresses or at all. */
    record Key(String protocol, String address, int port) {
        static Key of(PortPlan port) {
            return new Key(port.getProtocol(), port.getHostAddress(), port.getHostPort());
        }
    }

    static PortClaim of(String name, NetworkPlan plan) {
        var keys = new HashSet<Key>();
        plan.getPortsList().forEach(port -> keys.add(Key.of(port)));
        return new PortClaim(name, plan, Endpoints.targets(plan), keys);
    }

    /**
     * Nothing for an IPv4 address that an address for all stands beside: that socket has both families.
     *
     * @throws GantryException PORT_IN_USE, NETWORKING_FAILED
     */
    Optional<BoundPort> bind(PortPlan port) {
        if (targets.isEmpty() || isBoundBeside(port)) {
            return Optional.empty();
        }
        var target = new InetSocketAddress(targets.getFirst(), port.getContainerPort());
        try {
            return BoundPort.bind(port.getProtocol(), port.getHostAddress(), port.getHostPort(), target);
        } catch (IOException e) {
            throw failure(port, e);
        }
    }

    private boolean isBoundBeside(PortPlan port) {
        return port.getHostAddress().equals(ANY_V4)
                && keys.contains(new Key(port.getProtocol(), ANY_V6, port.getHostPort()));
    }

    private GantryException failure(PortPlan port, IOException cause) {
        var host = port.getHostAddress().isEmpty() ? ANY_V4 : port.getHostAddress();
        var endpoint = plan.getEndpoints(0).getId();
        var address = targets.getFirst().getHostAddress();
        var inside = port.getContainerPort() + "/" + port.getProtocol();
        var words = String.valueOf(cause.getMessage()).toLowerCase(java.util.Locale.ROOT);
        if (cause instanceof BindException && words.contains("in use")) {
            return ErrorCode.PORT_IN_USE
                    .with(name, endpoint, host, port.getHostPort(), address, inside)
                    .causedBy(cause);
        }
        return ErrorCode.NETWORKING_FAILED
                .with("driver failed programming external connectivity on endpoint " + name + " (" + endpoint
                        + "): failed to bind host port " + host + ":" + port.getHostPort() + ":" + address + ":"
                        + inside + ": " + words)
                .causedBy(cause);
    }
}
