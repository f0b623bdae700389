package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Block devices; all but the first two are empty on every kernel of today. */
public record BlkioStats(
        @JsonProperty("io_service_bytes_recursive") @Nullable
        List<BlkioEntry> ioServiceBytesRecursive,

        @JsonProperty("io_serviced_recursive") @Nullable List<BlkioEntry> ioServicedRecursive,
        @JsonProperty("io_queue_recursive") @Nullable List<BlkioEntry> ioQueueRecursive,
        @JsonProperty("io_service_time_recursive") @Nullable List<BlkioEntry> ioServiceTimeRecursive,
        @JsonProperty("io_wait_time_recursive") @Nullable List<BlkioEntry> ioWaitTimeRecursive,
        @JsonProperty("io_merged_recursive") @Nullable List<BlkioEntry> ioMergedRecursive,
        @JsonProperty("io_time_recursive") @Nullable List<BlkioEntry> ioTimeRecursive,
        @JsonProperty("sectors_recursive") @Nullable List<BlkioEntry> sectorsRecursive) {}
