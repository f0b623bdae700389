package dev.gantry.network.endpoint;

import dev.gantry.network.port.PortWish;
import java.util.List;

/**
 * A container that joins a network.
 *
 * @param mac as asked, empty: one that fits its address
 */
public record Guest(String container, String name, String node, String mac, List<PortWish> ports) {
    public Guest {
        ports = List.copyOf(ports);
    }
}
