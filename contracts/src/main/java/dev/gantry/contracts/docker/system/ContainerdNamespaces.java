package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The namespaces that an engine uses in containerd. */
public record ContainerdNamespaces(
        @JsonProperty("Containers") String containers,
        @JsonProperty("Plugins") String plugins) {}
