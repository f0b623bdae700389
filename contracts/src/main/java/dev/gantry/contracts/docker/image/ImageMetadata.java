package dev.gantry.contracts.docker.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** What the engine alone knows of an image. */
public record ImageMetadata(@JsonProperty("LastTagTime") Instant lastTagTime) {}
