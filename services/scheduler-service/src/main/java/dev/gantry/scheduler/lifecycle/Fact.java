package dev.gantry.scheduler.lifecycle;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a container, in Docker's vocabulary.
 *
 * @param version of the container after it
 * @param attributes beside the image, the name and the labels, which every event of a container has
 */
public record Fact(String action, long version, Instant time, Map<String, String> attributes) {}
