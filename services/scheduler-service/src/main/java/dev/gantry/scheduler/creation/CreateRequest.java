package dev.gantry.scheduler.creation;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.HostConfigBuilder;
import dev.gantry.contracts.docker.create.CreatePlan;
import dev.gantry.contracts.docker.create.EffectiveConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.scheduler.container.Spec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client asks to be made, checked as far as it can be without looking anywhere.
 *
 * @param image as the client wrote it
 */
public record CreateRequest(ContainerCreateBody body, HostConfig host, String image) {
    /** What was asked, on a node: its specification, and what the client should know though it is no error. */
    public record Specified(Spec spec, List<String> warnings) {}

    /** @throws dev.gantry.contracts.error.GantryException of the field that is wrong, before anything has changed */
    public static CreateRequest parse(byte[] json) {
        var body = DockerJson.read(json, ContainerCreateBody.class);
        if (body.config() == null) {
            throw ErrorCode.EMPTY_CONFIG.with();
        }
        if (body.config().image().isEmpty()) {
            throw ErrorCode.NO_COMMAND.with(); // Docker's words for a body without an image
        }
        var host = Objects.requireNonNullElseGet(body.hostConfig(), () -> DockerJson.empty(HostConfig.class));
        return new CreateRequest(body, host, body.config().image());
    }

    /** With the container in whose network namespace it is to live known: by its id, whatever it will be called later. */
    public CreateRequest in(Optional<String> owner) {
        return owner.map(id -> withHost(HostConfigBuilder.builder(host)
                        .networkMode(SharedNetwork.of(id))
                        .build()))
                .orElse(this);
    }

    private CreateRequest withHost(HostConfig changed) {
        var other = new ContainerCreateBody(body.config(), changed, body.networkingConfig());
        return new CreateRequest(other, changed, image);
    }

    public Specified specify(String id, ResolvedImage resolved, NodeFacts node, Instant created) {
        var defaults = EffectiveConfig.imageDefaults(resolved.getConfig().toByteArray());
        var plan = CreatePlan.of(body, defaults, id, node);
        oneNetwork(plan);
        var spec = new Spec(
                plan.config(), plan.hostConfig(), plan.networkingConfig(), resolved.getId(), created, List.of());
        return new Specified(spec, plan.warnings());
    }

    private static void oneNetwork(CreatePlan plan) {
        for (var network :
                Empty.ifNull(plan.networkingConfig().endpointsConfig()).keySet()) {
            if (!network.equals(plan.hostConfig().networkMode())) {
                throw ErrorCode.NOT_IMPLEMENTED.with("NetworkingConfig.EndpointsConfig \"" + network + "\"");
            }
        }
    }
}
