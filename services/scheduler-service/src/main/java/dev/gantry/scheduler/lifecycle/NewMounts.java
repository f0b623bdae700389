package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.docker.mount.ContainerMounts;
import dev.gantry.contracts.docker.mount.PlannedMount;
import dev.gantry.contracts.docker.mount.VolumeName;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.scheduler.container.Spec;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The mount points of a container that is being created: decided, what has to be on the host looked for, volumes made and
 * referred to. Of a create that fails later volume-service finds out by itself: it asks for containers that it never hears of.
 */
final class NewMounts {
    private final Registry registry;
    private final Ports ports;

    NewMounts(Registry registry, Ports ports) {
        this.registry = registry;
        this.ports = ports;
    }

    /** A container without mounts asks nobody. */
    Spec of(String id, String node, Spec spec) {
        if (ContainerMounts.none(spec.config(), spec.hostConfig())) {
            return spec;
        }
        var planned = ContainerMounts.of(spec.config(), spec.hostConfig(), this::ofContainer, VolumeName::anonymous);
        requireSources(node, ContainerMounts.requiredSources(planned));
        return spec.mounting(made(id, node, planned));
    }

    private List<PlannedMount> ofContainer(String reference) {
        try {
            return registry.resolve(reference).current().spec().mounts();
        } catch (GantryException e) {
            throw ErrorCode.INVALID_PARAMETER
                    .with(String.valueOf(e.getMessage())) // here an unknown container is a bad parameter
                    .causedBy(e);
        }
    }

    private void requireSources(String node, List<String> sources) {
        if (!sources.isEmpty()) {
            ports.missing(node, sources).stream().findFirst().ifPresent(path -> {
                throw ContainerMounts.missingSource(path);
            });
        }
    }

    private List<PlannedMount> made(String id, String node, List<PlannedMount> planned) {
        var volumes =
                planned.stream().filter(mount -> mount.is(PlannedMount.VOLUME)).toList();
        if (volumes.isEmpty()) {
            return planned;
        }
        var made = ports.claim(id, node, volumes).stream()
                .collect(Collectors.toMap(PlannedMount::destination, Function.identity()));
        return planned.stream()
                .map(mount -> made.getOrDefault(mount.destination(), mount))
                .toList();
    }
}
