package dev.gantry.service.http;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.instance.Port;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one service offers over internal HTTP.
 *
 * @param callers the roles whose certificates are let in; the others are answered 403
 * @param routes adds the service's routes; handlers run on the event loop and hand long work to virtual threads
 */
public record HttpService(Role role, Port port, Set<Role> callers, Consumer<Router> routes) {
    public HttpService {
        callers = Set.copyOf(callers);
    }
}
