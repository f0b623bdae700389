package dev.gantry.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.system.EventActor;

/**
 * What happened, in Docker's words.
 *
 * @param actor the object, with attributes; never environment values or secrets
 * @param action as Docker says it, with what follows a colon: {@code exec_create: sh -c exit 2}
 * @param scope {@code local} or {@code swarm}
 * @param timeNano nanoseconds since the epoch, growing per object
 */
public record EventData(
        @JsonProperty("actor") EventActor actor,
        @JsonProperty("action") String action,
        @JsonProperty("scope") String scope,
        @JsonProperty("timeNano") long timeNano) {}
