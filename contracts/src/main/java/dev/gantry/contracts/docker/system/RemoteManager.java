package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A manager of the swarm. */
public record RemoteManager(
        @JsonProperty("NodeID") String nodeId,
        @JsonProperty("Addr") String addr) {}
