package dev.gantry.scheduler.container;

import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import java.time.Instant;

/**
 * What was asked for, with the image's defaults merged in; one JSON document in the database.
 *
 * @param imageId sha256:... of the image's config
 * @param created with all its nanoseconds
 */
public record Spec(
        ContainerConfig config, HostConfig hostConfig, NetworkingConfig networking, String imageId, Instant created) {}
