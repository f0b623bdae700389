package dev.gantry.network.rpc;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.instance.Port;
import dev.gantry.service.rpc.InventoryRpc;
import dev.gantry.service.rpc.RpcService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What network-service offers over gRPC. */
class NetworkRpc {
    @Produces
    @Singleton
    RpcService service(NetworksRpc networks, Inventory inventory) {
        return new RpcService(Role.NETWORK, Port.NETWORK_RPC, List.of(networks, new InventoryRpc(inventory::take)));
    }
}
