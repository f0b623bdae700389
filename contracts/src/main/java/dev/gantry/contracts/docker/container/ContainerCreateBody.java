package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gantry.contracts.docker.OmitNull;
import dev.gantry.contracts.docker.network.NetworkingConfig;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /containers/create}: the fields of {@link ContainerConfig} at its top level, beside the two others.
 * {@code config} is {@code null} when the body names none of its fields, which a create refuses.
 */
public record ContainerCreateBody(
        @JsonUnwrapped @Nullable ContainerConfig config,
        @OmitNull @JsonProperty("HostConfig") @Nullable HostConfig hostConfig,

        @OmitNull @JsonProperty("NetworkingConfig") @Nullable
        NetworkingConfig networkingConfig) {}
