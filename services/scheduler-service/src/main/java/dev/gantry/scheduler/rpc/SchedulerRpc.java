package dev.gantry.scheduler.rpc;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.instance.Port;
import dev.gantry.service.rpc.InventoryRpc;
import dev.gantry.service.rpc.RpcService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What the scheduler offers over gRPC. */
class SchedulerRpc {
    @Produces
    @Singleton
    RpcService service(ContainersRpc containers, NodesRpc nodes, Inventory inventory) {
        return new RpcService(
                Role.SCHEDULER, Port.SCHEDULER_RPC, List.of(containers, nodes, new InventoryRpc(inventory::take)));
    }
}
