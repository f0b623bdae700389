package dev.gantry.scheduler.creation;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerConfigBuilder;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.image.ImageConfig;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.scheduler.container.Spec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a client asks to be made, checked as far as it can be without looking anywhere.
 *
 * @param bridge the default network was asked for by asking for none: until it is built, a loopback takes its place
 */
public record CreateRequest(ContainerConfig config, HostConfig host, NetworkingConfig networking, boolean bridge) {
    private static final Set<String> DEFAULT_NETWORK = Set.of("", "default");
    private static final Set<String> BUILT_NETWORKS = Set.of("none", "host");
    private static final int SHORT_ID = 12;
    private static final long LEAST_MEMORY = 6L << 20;

    /** @throws dev.gantry.contracts.error.GantryException of the field that is wrong, before anything has changed */
    public static CreateRequest parse(byte[] body) {
        var read = DockerJson.read(body, ContainerCreateBody.class);
        if (read.config() == null) {
            throw ErrorCode.EMPTY_CONFIG.with();
        }
        var host = read.hostConfig() == null ? DockerJson.empty(HostConfig.class) : read.hostConfig();
        var networking =
                read.networkingConfig() == null ? DockerJson.empty(NetworkingConfig.class) : read.networkingConfig();
        checkMemory(host);
        return new CreateRequest(read.config(), host, networking, usesDefaultNetwork(host.networkMode()));
    }

    private static boolean usesDefaultNetwork(String mode) {
        if (!DEFAULT_NETWORK.contains(mode) && !BUILT_NETWORKS.contains(mode)) {
            throw ErrorCode.NOT_IMPLEMENTED.with("NetworkMode " + mode);
        }
        return DEFAULT_NETWORK.contains(mode);
    }

    private static void checkMemory(HostConfig host) {
        if (host.memory() != 0 && host.memory() < LEAST_MEMORY) {
            throw ErrorCode.INVALID_PARAMETER.with("Minimum memory limit allowed is 6MB");
        }
        if (host.memory() == 0 && host.memorySwap() > 0) {
            throw ErrorCode.INVALID_PARAMETER.with(
                    "You should always set the Memory limit when using Memoryswap limit, see usage");
        }
        if (host.memorySwap() > 0 && host.memorySwap() < host.memory()) {
            throw ErrorCode.INVALID_PARAMETER.with(
                    "Minimum memoryswap limit should be larger than memory limit, see usage");
        }
    }

    /** The specification on one node. */
    public Spec specify(String id, ResolvedImage image, NodeFacts node, Instant created) {
        var merged = ImageDefaults.merge(config, imageConfig(image));
        var runtime = node.runtime().isEmpty() ? "gantry" : node.runtime();
        var filled = HostDefaults.fill(host, node.cgroupVersion(), runtime);
        var hostname = filled.networkMode().equals("host") ? node.name() : id.substring(0, SHORT_ID);
        var named = ContainerConfigBuilder.builder(merged)
                .hostname(merged.hostname().isEmpty() ? hostname : merged.hostname())
                .build();
        return new Spec(named, filled, networking, image.getId(), created);
    }

    private static ImageConfig imageConfig(ResolvedImage image) {
        var document = DockerJson.parse(image.getConfig().toByteArray());
        var config = document.path("config");
        return config.isMissingNode() || config.isNull()
                ? DockerJson.empty(ImageConfig.class)
                : DockerJson.from(config, ImageConfig.class);
    }

    /** What the client should know though it is no error. */
    public List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (bridge) {
            warnings.add("the default bridge network is not built yet: the container has only a loopback interface");
        }
        if (host.networkMode().equals("host")
                && !Empty.ifNull(host.portBindings()).isEmpty()) {
            warnings.add("Published ports are discarded when using host network mode");
        }
        return warnings;
    }
}
