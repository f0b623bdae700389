package dev.gantry.contracts.docker.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A container in a network; addresses have the length of their prefix. */
public record NetworkMember(
        @JsonProperty("Name") String name,
        @JsonProperty("EndpointID") String endpointId,
        @JsonProperty("MacAddress") String macAddress,
        @JsonProperty("IPv4Address") String ipv4Address,
        @JsonProperty("IPv6Address") String ipv6Address) {}
