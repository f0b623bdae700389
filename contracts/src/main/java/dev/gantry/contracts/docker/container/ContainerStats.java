package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sample of what a container uses; all zeros, with null lists, of one that does not run. */
public record ContainerStats(
        @OmitEmpty @JsonProperty("name") String name,
        @OmitEmpty @JsonProperty("id") String id,
        @JsonProperty("read") Instant read,
        @JsonProperty("preread") Instant preread,
        @JsonProperty("pids_stats") PidsStats pidsStats,
        @JsonProperty("blkio_stats") BlkioStats blkioStats,
        @JsonProperty("num_procs") int numProcs,
        @JsonProperty("storage_stats") StorageStats storageStats,
        @JsonProperty("cpu_stats") CpuStats cpuStats,
        @JsonProperty("precpu_stats") CpuStats precpuStats,
        @JsonProperty("memory_stats") MemoryStats memoryStats,
        @OmitEmpty @JsonProperty("networks") @Nullable Map<String, NetworkStats> networks) {}
