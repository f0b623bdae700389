package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/**
 * One line of {@code GET /events}. {@code status}, {@code id} and {@code from} repeat action, actor and image for
 * older clients, for containers and images only.
 */
public record EventMessage(
        @OmitEmpty @JsonProperty("status") String status,
        @OmitEmpty @JsonProperty("id") String id,
        @OmitEmpty @JsonProperty("from") String from,
        @JsonProperty("Type") String type,
        @JsonProperty("Action") String action,
        @JsonProperty("Actor") EventActor actor,
        @JsonProperty("scope") String scope,
        @JsonProperty("time") long time,
        @JsonProperty("timeNano") long timeNano) {}
