package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bytes of memory; {@code stats} are the kernel's own counters, which differ by version of cgroups. */
public record MemoryStats(
        @OmitEmpty @JsonProperty("usage") long usage,
        @OmitEmpty @JsonProperty("max_usage") long maxUsage,
        @OmitEmpty @JsonProperty("stats") @Nullable Map<String, Long> stats,
        @OmitEmpty @JsonProperty("failcnt") long failcnt,
        @OmitEmpty @JsonProperty("limit") long limit,
        @OmitEmpty @JsonProperty("commitbytes") long commitbytes,
        @OmitEmpty @JsonProperty("commitpeakbytes") long commitpeakbytes,
        @OmitEmpty @JsonProperty("privateworkingset") long privateworkingset) {}
