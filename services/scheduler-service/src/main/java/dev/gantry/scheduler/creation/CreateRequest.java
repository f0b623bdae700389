package dev.gantry.scheduler.creation;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.create.CreatePlan;
import dev.gantry.contracts.docker.create.EffectiveConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.scheduler.container.Spec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a client asks to be made, checked as far as it can be without looking anywhere.
 *
 * @param image as the client wrote it
 */
public record CreateRequest(ContainerCreateBody body, HostConfig host, String image) {
    private static final Set<String> DEFAULT_NETWORK = Set.of("", "default");
    private static final Set<String> BUILT_NETWORKS = Set.of("none", "host");
    private static final String LOOPBACK_ONLY =
            "the default bridge network is not built yet: the container has only a loopback interface";

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
        var mode = host.networkMode();
        if (!DEFAULT_NETWORK.contains(mode) && !BUILT_NETWORKS.contains(mode)) {
            throw ErrorCode.NOT_IMPLEMENTED.with("NetworkMode " + mode);
        }
        return new CreateRequest(body, host, body.config().image());
    }

    public Specified specify(String id, ResolvedImage resolved, NodeFacts node, Instant created) {
        var defaults = EffectiveConfig.imageDefaults(resolved.getConfig().toByteArray());
        var plan = CreatePlan.of(body, defaults, id, node);
        var warnings = new ArrayList<>(plan.warnings());
        if (DEFAULT_NETWORK.contains(host.networkMode())) {
            warnings.add(LOOPBACK_ONLY);
        }
        var spec = new Spec(
                plan.config(), plan.hostConfig(), plan.networkingConfig(), resolved.getId(), created, List.of());
        return new Specified(spec, List.copyOf(warnings));
    }
}
