package dev.gantry.contracts.docker.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Another node in an overlay network. */
public record NetworkPeer(
        @JsonProperty("Name") String name,
        @JsonProperty("IP") String ip) {}
