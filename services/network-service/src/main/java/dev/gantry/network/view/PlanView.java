package dev.gantry.network.view;

import dev.gantry.contracts.docker.port.HostAddress;
import dev.gantry.contracts.rpc.BridgePlan;
import dev.gantry.contracts.rpc.EndpointPlan;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.PortPlan;
import dev.gantry.network.address.Subnet;
import dev.gantry.network.endpoint.Endpoint;
import dev.gantry.network.endpoint.Joined;
import dev.gantry.network.port.PublishedPort;
import java.util.List;

/** What an agent has to make for a container's place in a network. */
public final class PlanView {
    private static final String INTERFACE = "eth0";

    private PlanView() {}

    /** @param bridge the interface of the default bridge */
    public static NetworkPlan bridged(Joined joined, String bridge) {
        var plan = NetworkPlan.newBuilder().setMode(NetworkPlan.Mode.BRIDGED).setVersion(joined.version());
        joined.network().subnet().ifPresent(subnet -> plan.addEndpoints(endpoint(joined, subnet, bridge)));
        return plan.addAllPorts(ports(joined.endpoint())).build();
    }

    private static EndpointPlan endpoint(Joined joined, Subnet subnet, String bridge) {
        var endpoint = joined.endpoint();
        return EndpointPlan.newBuilder()
                .setId(endpoint.id())
                .setNetwork(joined.network().id())
                .setNetworkName(joined.network().name())
                .setInterface(INTERFACE)
                .setMac(endpoint.mac())
                .setAddress(subnet.withLength(endpoint.address()))
                .setGateway(Subnet.dotted(subnet.gateway()))
                .setBridge(BridgePlan.newBuilder()
                        .setName(bridge)
                        .setAddress(subnet.withLength(subnet.gateway()))
                        .setMasquerade(true))
                .build();
    }

    /** A port that is open to both families is one entry. */
    private static List<PortPlan> ports(Endpoint endpoint) {
        var ports = endpoint.ports();
        return ports.stream()
                .filter(port ->
                        !(port.hostAddress().equals(HostAddress.ANY6) && ports.contains(at(port, HostAddress.ANY4))))
                .map(port -> PortPlan.newBuilder()
                        .setProtocol(port.protocol())
                        .setHostAddress(
                                port.hostAddress().equals(HostAddress.ANY4)
                                                && ports.contains(at(port, HostAddress.ANY6))
                                        ? ""
                                        : port.hostAddress())
                        .setHostPort(port.hostPort())
                        .setContainerPort(port.containerPort())
                        .build())
                .toList();
    }

    private static PublishedPort at(PublishedPort port, String address) {
        return new PublishedPort(port.protocol(), address, port.hostPort(), port.containerPort());
    }
}
