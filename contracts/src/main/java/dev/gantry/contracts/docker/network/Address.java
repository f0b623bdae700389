package dev.gantry.contracts.docker.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** An address with the length of its prefix. */
public record Address(
        @JsonProperty("Addr") String addr,
        @JsonProperty("PrefixLen") int prefixLen) {}
