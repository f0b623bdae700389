package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/** A port in the container list: published when it has an address and a public port. */
public record Port(
        @OmitEmpty @JsonProperty("IP") String ip,
        @JsonProperty("PrivatePort") int privatePort,
        @OmitEmpty @JsonProperty("PublicPort") int publicPort,
        @JsonProperty("Type") String type) {}
