package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nanoseconds of CPU time. */
public record CpuUsage(
        @JsonProperty("total_usage") long totalUsage,
        @OmitEmpty @JsonProperty("percpu_usage") @Nullable List<Long> percpuUsage,
        @JsonProperty("usage_in_kernelmode") long usageInKernelmode,
        @JsonProperty("usage_in_usermode") long usageInUsermode) {}
