package dev.gantry.network.endpoint;

import dev.gantry.network.port.PublishedPort;
import java.util.List;

/**
 * A container's place in a network while its processes run.
 *
 * @param id 64 hex digits
 * @param sandbox id of the container's network namespace, 64 hex digits
 * @param address IPv4 as a number, 0 in a network that gives none
 * @param mac empty without an address
 */
public record Endpoint(
        String container,
        String containerName,
        String node,
        String id,
        String sandbox,
        long address,
        String mac,
        List<PublishedPort> ports) {
    public Endpoint {
        ports = List.copyOf(ports);
    }
}
