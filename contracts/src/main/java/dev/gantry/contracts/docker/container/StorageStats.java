package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/** Of Windows; always empty here. */
public record StorageStats(
        @OmitEmpty @JsonProperty("read_count_normalized") long readCountNormalized,
        @OmitEmpty @JsonProperty("read_size_bytes") long readSizeBytes,
        @OmitEmpty @JsonProperty("write_count_normalized") long writeCountNormalized,
        @OmitEmpty @JsonProperty("write_size_bytes") long writeSizeBytes) {}
