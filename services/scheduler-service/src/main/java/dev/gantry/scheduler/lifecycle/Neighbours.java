package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerConfigBuilder;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.docker.network.NetworkSettingsBuilder;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.creation.SharedNetwork;
import java.util.Map;
import java.util.Optional;

/** Containers in whose network namespace others live ({@code --network container:NAME}): on the same node, under the same host name. */
final class Neighbours {
    private final Registry registry;

    Neighbours(Registry registry) {
        this.registry = registry;
    }

    /** The container that a network mode names; a create with a name that nobody has passes, as with Docker. */
    Optional<Container> owner(String networkMode) {
        try {
            return SharedNetwork.is(networkMode) ? Optional.of(resolve(networkMode)) : Optional.empty();
        } catch (GantryException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Whose namespace a container is to be started in; empty: one of its own, or the host's.
     *
     * @throws GantryException in Docker's words when that one does not run
     */
    Optional<Container> running(Container container) {
        var mode = container.spec().hostConfig().networkMode();
        if (!SharedNetwork.is(mode)) {
            return Optional.empty();
        }
        var owner = existing(mode);
        if (owner.id().equals(container.id())) {
            throw ErrorCode.INVALID_PARAMETER.with("cannot join own network namespace");
        }
        if (!owner.status().alive()) {
            throw ErrorCode.CONFLICT.with("cannot join network namespace of a non running container: container "
                    + owner.id() + " is " + owner.status().word());
        }
        return Optional.of(owner);
    }

    /** Not with the code of a container that is not there: that would be this one. */
    private Container existing(String mode) {
        try {
            return resolve(mode);
        } catch (GantryException e) {
            throw new GantryException(ErrorCode.NETWORKING_NOT_FOUND, String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    private Container resolve(String mode) {
        return registry.resolve(SharedNetwork.owner(mode)).current();
    }

    /** What there is to show is the other one's. */
    static Ports.Joined place(Container owner) {
        var plan = NetworkPlan.newBuilder()
                .setMode(NetworkPlan.Mode.SHARED)
                .setContainer(owner.id())
                .build();
        var settings = NetworkSettingsBuilder.builder(DockerJson.empty(NetworkSettings.class))
                .ports(Map.of())
                .networks(Map.of())
                .build();
        return new Ports.Joined(plan, settings);
    }

    static ContainerConfig named(ContainerConfig config, Optional<Container> owner) {
        return owner.map(other -> other.spec().config())
                .map(other -> ContainerConfigBuilder.builder(config)
                        .hostname(other.hostname())
                        .domainname(other.domainname())
                        .build())
                .orElse(config);
    }
}
