package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/** Where containerd listens, in an engine that has one. */
public record ContainerdInfo(
        @OmitEmpty @JsonProperty("Address") String address,
        @JsonProperty("Namespaces") ContainerdNamespaces namespaces) {}
