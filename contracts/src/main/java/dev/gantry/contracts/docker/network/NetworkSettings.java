package dev.gantry.contracts.docker.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.container.PortBinding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a container has of networks. The top-level addresses repeat those of the default bridge for older clients. */
@Buildable
public record NetworkSettings(
        @JsonProperty("Bridge") String bridge,
        @JsonProperty("SandboxID") String sandboxId,
        @JsonProperty("SandboxKey") String sandboxKey,
        @JsonProperty("Ports") @Nullable Map<String, @Nullable List<PortBinding>> ports,
        @JsonProperty("HairpinMode") boolean hairpinMode,
        @JsonProperty("LinkLocalIPv6Address") String linkLocalIpv6Address,
        @JsonProperty("LinkLocalIPv6PrefixLen") int linkLocalIpv6PrefixLen,
        @JsonProperty("SecondaryIPAddresses") @Nullable List<Address> secondaryIpAddresses,
        @JsonProperty("SecondaryIPv6Addresses") @Nullable List<Address> secondaryIpv6Addresses,
        @JsonProperty("EndpointID") String endpointId,
        @JsonProperty("Gateway") String gateway,
        @JsonProperty("GlobalIPv6Address") String globalIpv6Address,
        @JsonProperty("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
        @JsonProperty("IPAddress") String ipAddress,
        @JsonProperty("IPPrefixLen") int ipPrefixLen,
        @JsonProperty("IPv6Gateway") String ipv6Gateway,
        @JsonProperty("MacAddress") String macAddress,
        @JsonProperty("Networks") @Nullable Map<String, @Nullable EndpointSettings> networks) {}
