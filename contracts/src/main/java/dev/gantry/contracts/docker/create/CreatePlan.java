package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerConfigBuilder;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.image.ImageConfig;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.node.NodeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a create request comes to on a node: the documents that are stored and shown, and the warnings of the answer. */
public record CreatePlan(
        ContainerConfig config, HostConfig hostConfig, NetworkingConfig networkingConfig, List<String> warnings) {
    private static final int SHORT_ID = 12;

    /**
     * Decides it.
     *
     * @param containerId full; its first digits are the host name of a container that asks for none
     * @param node where it is placed: limits are checked against its CPUs and cgroups
     * @throws dev.gantry.contracts.error.GantryException 400 with Docker's words, before anything has changed
     */
    public static CreatePlan of(ContainerCreateBody body, ImageConfig image, String containerId, NodeFacts node) {
        ContainerConfig asked = body.config();
        if (asked == null) {
            throw ErrorCode.EMPTY_CONFIG.with();
        }
        HostConfig host = Objects.requireNonNullElseGet(body.hostConfig(), () -> DockerJson.empty(HostConfig.class));
        ConflictRules.check(asked, host);
        ContainerConfig config = EffectiveConfig.of(asked, image);
        List<String> warnings = new ArrayList<>();
        HostConfig checked = HostRules.apply(host, node, warnings);
        return new CreatePlan(
                named(config, checked, containerId, node),
                checked,
                NetworkRules.apply(body.networkingConfig(), checked.networkMode(), config.macAddress()),
                List.copyOf(warnings));
    }

    private static ContainerConfig named(ContainerConfig config, HostConfig host, String id, NodeFacts node) {
        if (!config.hostname().isEmpty()) {
            return config;
        }
        boolean ofHost = host.networkMode().equals("host");
        String hostname = ofHost ? node.name() : id.substring(0, Math.min(SHORT_ID, id.length()));
        return ContainerConfigBuilder.builder(config).hostname(hostname).build();
    }
}
