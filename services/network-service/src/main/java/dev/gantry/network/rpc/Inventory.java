package dev.gantry.network.rpc;

import dev.gantry.contracts.rpc.HeldEndpoint;
import dev.gantry.contracts.rpc.InventoryFact;
import dev.gantry.contracts.rpc.PortPlan;
import dev.gantry.network.address.Subnet;
import dev.gantry.network.endpoint.Endpoint;
import dev.gantry.network.endpoint.Network;
import dev.gantry.network.endpoint.NetworkStore;
import dev.gantry.network.port.PublishedPort;
import jakarta.inject.Singleton;
import java.util.List;

/** Every endpoint, told as a fact. */
@Singleton
class Inventory {
    private final NetworkStore networks;

    Inventory(NetworkStore networks) {
        this.networks = networks;
    }

    List<InventoryFact> take() {
        return networks.everything().stream()
                .flatMap(held -> held.endpoints().stream().map(endpoint -> fact(held.network(), endpoint)))
                .toList();
    }

    private static InventoryFact fact(Network network, Endpoint endpoint) {
        return InventoryFact.newBuilder()
                .setEndpoint(HeldEndpoint.newBuilder()
                        .setContainer(endpoint.container())
                        .setNode(endpoint.node())
                        .setNetwork(network.name())
                        .setAddress(network.subnet().isPresent() ? Subnet.dotted(endpoint.address()) : "")
                        .setMac(endpoint.mac())
                        .addAllPorts(
                                endpoint.ports().stream().map(Inventory::port).toList()))
                .build();
    }

    private static PortPlan port(PublishedPort port) {
        return PortPlan.newBuilder()
                .setProtocol(port.protocol())
                .setHostAddress(port.hostAddress())
                .setHostPort(port.hostPort())
                .setContainerPort(port.containerPort())
                .build();
    }
}
