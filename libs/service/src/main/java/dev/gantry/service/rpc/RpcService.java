package dev.gantry.service.rpc;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.instance.Port;
import io.grpc.BindableService;
import java.util.List;

/**
 * What one service offers over gRPC. Each service module produces one such bean; its server starts with the application
 * and a server that cannot start fails the application.
 */
public record RpcService(Role role, Port port, List<BindableService> services) {
    public RpcService {
        services = List.copyOf(services);
    }
}
