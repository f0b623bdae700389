package dev.gantry.contracts.docker.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses asked for an endpoint. */
public record EndpointIpamConfig(
        @OmitEmpty @JsonProperty("IPv4Address") String ipv4Address,
        @OmitEmpty @JsonProperty("IPv6Address") String ipv6Address,
        @OmitEmpty @JsonProperty("LinkLocalIPs") @Nullable List<String> linkLocalIps) {}
