package dev.gantry.scheduler.store;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.scheduler.container.Container;

/** A record of {@code gantry.containers.state}: what other services may know of a container. */
public record ContainerSnapshot(
        String id,
        String name,
        String node,
        String image,
        String imageId,
        String state,
        int exitCode,
        String networkMode,
        long version) {
    static ContainerSnapshot of(Container container) {
        var status = container.status();
        return new ContainerSnapshot(
                container.id(),
                container.name(),
                container.node(),
                container.spec().config().image(),
                container.spec().imageId(),
                status.word(),
                status.exitCode(),
                container.spec().hostConfig().networkMode(),
                status.version());
    }

    String toJson() {
        return DockerJson.writeText(this);
    }
}
