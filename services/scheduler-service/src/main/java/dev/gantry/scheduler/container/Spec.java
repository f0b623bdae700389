package dev.gantry.scheduler.container;

import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.mount.PlannedMount;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import java.time.Instant;
import java.util.List;

/**
 * What was asked for, with the image's defaults merged in; one JSON document in the database.
 *
 * @param imageId sha256:... of the image's config
 * @param created with all its nanoseconds
 * @param mounts its mount points, their volumes made; what lies deeper comes later
 */
public record Spec(
        ContainerConfig config,
        HostConfig hostConfig,
        NetworkingConfig networking,
        String imageId,
        Instant created,
        List<PlannedMount> mounts) {
    public Spec {
        mounts = List.copyOf(mounts);
    }

    public Spec mounting(List<PlannedMount> made) {
        return new Spec(config, hostConfig, networking, imageId, created, made);
    }

    public Spec on(HostConfig changed) {
        return new Spec(config, changed, networking, imageId, created, mounts);
    }

    /** The mounts that volume-service knows of. */
    public List<PlannedMount> volumes() {
        return mounts.stream().filter(mount -> mount.is(PlannedMount.VOLUME)).toList();
    }
}
