package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/** What went through one interface. */
public record NetworkStats(
        @JsonProperty("rx_bytes") long rxBytes,
        @JsonProperty("rx_packets") long rxPackets,
        @JsonProperty("rx_errors") long rxErrors,
        @JsonProperty("rx_dropped") long rxDropped,
        @JsonProperty("tx_bytes") long txBytes,
        @JsonProperty("tx_packets") long txPackets,
        @JsonProperty("tx_errors") long txErrors,
        @JsonProperty("tx_dropped") long txDropped,
        @OmitEmpty @JsonProperty("endpoint_id") String endpointId,
        @OmitEmpty @JsonProperty("instance_id") String instanceId) {}
