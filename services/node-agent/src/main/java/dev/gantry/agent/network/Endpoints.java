package dev.gantry.agent.network;

import dev.gantry.contracts.rpc.BridgePlan;
import dev.gantry.contracts.rpc.EndpointPlan;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.PortPlan;
import dev.gantry.linux.netlink.IpPrefix;
import dev.gantry.linux.nftables.BridgedNetwork;
import dev.gantry.linux.nftables.Protocol;
import dev.gantry.linux.nftables.Publication;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a plan says, in the terms of the kernel. */
final class Endpoints {
    private Endpoints() {}

    static BridgedNetwork network(BridgePlan bridge) {
        var subnets = new ArrayList<IpPrefix>();
        if (!bridge.getAddress().isEmpty()) {
            subnets.add(IpPrefix.parse(bridge.getAddress()));
        }
        if (!bridge.getAddress6().isEmpty()) {
            subnets.add(IpPrefix.parse(bridge.getAddress6()));
        }
        return new BridgedNetwork(
                bridge.getName(), subnets, bridge.getMasquerade(), bridge.getIsolated(), bridge.getInternal());
    }

    /** The addresses of an endpoint, IPv4 first. */
    static List<IpPrefix> addresses(EndpointPlan endpoint) {
        var addresses = new ArrayList<IpPrefix>();
        if (!endpoint.getAddress().isEmpty()) {
            addresses.add(IpPrefix.parse(endpoint.getAddress()));
        }
        if (!endpoint.getAddress6().isEmpty()) {
            addresses.add(IpPrefix.parse(endpoint.getAddress6()));
        }
        return addresses;
    }

    static List<InetAddress> gateways(EndpointPlan endpoint) {
        return java.util.stream.Stream.of(endpoint.getGateway(), endpoint.getGateway6())
                .filter(text -> !text.isEmpty())
                .map(InetAddress::ofLiteral)
                .toList();
    }

    /**
     * One publication for each family in which the port can be reached without help: where the host's address and the container's are of the same
     * family.
     */
    static List<Publication> publications(NetworkPlan plan) {
        var publications = new ArrayList<Publication>();
        var targets = targets(plan);
        for (var port : plan.getPortsList()) {
            for (var target : targets) {
                if (reaches(port, target)) {
                    publications.add(new Publication(
                            Protocol.parse(port.getProtocol()),
                            single(port),
                            port.getHostPort(),
                            target,
                            port.getContainerPort()));
                }
            }
        }
        return publications;
    }

    /** Where published ports lead. */
    static List<InetAddress> targets(NetworkPlan plan) {
        return plan.getEndpointsList().stream()
                .limit(1)
                .flatMap(first -> addresses(first).stream())
                .map(IpPrefix::address)
                .toList();
    }

    private static boolean reaches(PortPlan port, InetAddress target) {
        return port.getHostAddress().isEmpty()
                || InetAddress.ofLiteral(port.getHostAddress()) instanceof Inet4Address
                        == target instanceof Inet4Address;
    }

    /** One address of the host; empty for all of a family. */
    private static Optional<InetAddress> single(PortPlan port) {
        return Optional.of(port.getHostAddress())
                .filter(text -> !text.isEmpty())
                .map(InetAddress::ofLiteral)
                .filter(address -> !address.isAnyLocalAddress());
    }
}
