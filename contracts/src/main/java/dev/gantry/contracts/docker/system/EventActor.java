package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The object that an event is about. */
public record EventActor(
        @JsonProperty("ID") String id,
        @JsonProperty("Attributes") @Nullable Map<String, String> attributes) {}
