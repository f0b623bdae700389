package dev.gantry.volume.rpc;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.instance.Port;
import dev.gantry.service.rpc.InventoryRpc;
import dev.gantry.service.rpc.RpcService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What volume-service offers over gRPC. */
class VolumeRpc {
    @Produces
    @Singleton
    RpcService service(VolumesRpc volumes, Inventory inventory) {
        return new RpcService(Role.VOLUME, Port.VOLUME_RPC, List.of(volumes, new InventoryRpc(inventory::take)));
    }
}
