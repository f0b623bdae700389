package dev.gantry.network.port;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.PortBinding;
import dev.gantry.contracts.docker.port.HostAddress;
import dev.gantry.contracts.docker.port.PortKey;
import dev.gantry.contracts.docker.port.PortRange;
import dev.gantry.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One binding that is asked for.
 *
 * @param addresses canonical; both families' any-address when none was named
 * @param range of host ports, of which one is wanted
 */
public record PortWish(PortKey key, List<String> addresses, PortRange range) {
    private static final List<String> EVERYWHERE = List.of(HostAddress.ANY4, HostAddress.ANY6);

    public PortWish {
        addresses = List.copyOf(addresses);
    }

    /**
     * In the order of the container's ports, as given for each.
     *
     * @throws dev.gantry.contracts.error.GantryException INVALID_PARAMETER for what a create should have refused
     */
    public static List<PortWish> of(Map<String, @Nullable List<PortBinding>> bindings) {
        var sorted = new TreeMap<PortKey, List<PortBinding>>();
        bindings.forEach(
                (key, asked) -> sorted.put(PortKey.parse(key).orElseThrow(() -> invalid(key)), Empty.ifNull(asked)));
        var wishes = new ArrayList<PortWish>();
        sorted.forEach((key, asked) -> asked.forEach(binding -> wishes.add(of(key, binding))));
        return wishes;
    }

    private static PortWish of(PortKey key, PortBinding binding) {
        var addresses = binding.hostIp().isEmpty()
                ? EVERYWHERE
                : List.of(HostAddress.canonical(binding.hostIp()).orElseThrow(() -> invalid(binding.hostIp())));
        return new PortWish(
                key, addresses, PortRange.parse(binding.hostPort()).orElseThrow(() -> invalid(binding.hostPort())));
    }

    private static RuntimeException invalid(String part) {
        return ErrorCode.INVALID_PARAMETER.with("invalid port specification: \"" + part + "\"");
    }
}
