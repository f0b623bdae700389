package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A host device given to a container, with cgroup permissions out of {@code rwm}. */
public record DeviceMapping(
        @JsonProperty("PathOnHost") String pathOnHost,
        @JsonProperty("PathInContainer") String pathInContainer,
        @JsonProperty("CgroupPermissions") String cgroupPermissions) {}
