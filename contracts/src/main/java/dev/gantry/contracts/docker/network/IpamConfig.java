package dev.gantry.contracts.docker.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One subnet of a network. */
public record IpamConfig(
        @OmitEmpty @JsonProperty("Subnet") String subnet,
        @OmitEmpty @JsonProperty("IPRange") String ipRange,
        @OmitEmpty @JsonProperty("Gateway") String gateway,

        @OmitEmpty @JsonProperty("AuxiliaryAddresses") @Nullable
        Map<String, String> auxiliaryAddresses) {}
