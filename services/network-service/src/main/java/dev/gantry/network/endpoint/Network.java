package dev.gantry.network.endpoint;

import dev.gantry.network.address.Subnet;
import java.util.Optional;

/**
 * A network.
 *
 * @param created nanoseconds since the epoch
 * @param subnet from which its endpoints get addresses
 */
public record Network(String id, String name, String driver, long created, Optional<Subnet> subnet) {}
