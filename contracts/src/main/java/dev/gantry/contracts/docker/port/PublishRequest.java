package dev.gantry.contracts.docker.port;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.PortBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a container asks to be published, {@code -P} turned into bindings that leave the host's port open. */
public record PublishRequest(
        @JsonProperty("PortBindings") @Nullable Map<String, @Nullable List<PortBinding>> portBindings) {
    private static final PortBinding ANY = new PortBinding("", "");

    public static PublishRequest of(ContainerConfig config, HostConfig host) {
        var bindings = new LinkedHashMap<String, @Nullable List<PortBinding>>(Empty.ifNull(host.portBindings()));
        if (host.publishAllPorts()) {
            exposed(config, host).stream()
                    .filter(port -> bindings.keySet().stream().noneMatch(bound -> same(bound, port)))
                    .forEach(port -> bindings.put(port, List.of(ANY)));
        }
        return new PublishRequest(bindings);
    }

    private static boolean same(String bound, String port) {
        return PortKey.parse(bound).equals(PortKey.parse(port));
    }

    /** The container's ports that are of use, as {@code 80/tcp}: the exposed and the bound. What is no port is left out. */
    public static Set<String> exposed(ContainerConfig config, HostConfig host) {
        var ports = new TreeSet<PortKey>();
        Empty.ifNull(config.exposedPorts()).forEach(port -> PortKey.parse(port).ifPresent(ports::add));
        Empty.ifNull(host.portBindings())
                .forEach((port, bindings) -> PortKey.parse(port).ifPresent(ports::add));
        var texts = new java.util.LinkedHashSet<String>();
        ports.forEach(port -> texts.add(port.toString()));
        return texts;
    }

    public boolean isEmpty() {
        return Empty.ifNull(portBindings).isEmpty();
    }

    /** Whether the host's port is left open for some of them, so that there may be another when one is not to be had. */
    public boolean open() {
        return Empty.ifNull(portBindings).values().stream()
                .flatMap(bindings -> Empty.ifNull(bindings).stream())
                .anyMatch(binding -> PortRange.parse(binding.hostPort())
                        .filter(range -> range.first() == range.last() && !range.any())
                        .isEmpty());
    }
}
