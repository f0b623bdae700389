package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.OmitEmpty;
import dev.gantry.contracts.docker.OmitNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** This engine's part in a swarm. */
public record SwarmInfo(
        @JsonProperty("NodeID") String nodeId,
        @JsonProperty("NodeAddr") String nodeAddr,
        @JsonProperty("LocalNodeState") String localNodeState,
        @JsonProperty("ControlAvailable") boolean controlAvailable,
        @JsonProperty("Error") String error,
        @JsonProperty("RemoteManagers") @Nullable List<RemoteManager> remoteManagers,
        @OmitEmpty @JsonProperty("Nodes") int nodes,
        @OmitEmpty @JsonProperty("Managers") int managers,
        @OmitNull @JsonProperty("Cluster") @Nullable JsonNode cluster) {}
