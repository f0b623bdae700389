package dev.gantry.linux.nftables;

import dev.gantry.linux.netlink.IpPrefix;
import java.util.List;

/**
 * A bridge as the table knows it.
 *
 * @param subnets where its containers live
 * @param masquerade whether the world sees the host's address instead of the containers'
 * @param isolated whether its containers do not reach each other
 * @param internal whether its containers reach nobody else
 */
public record BridgedNetwork(
        String bridge, List<IpPrefix> subnets, boolean masquerade, boolean isolated, boolean internal) {
    public BridgedNetwork {
        subnets = List.copyOf(subnets);
    }
}
