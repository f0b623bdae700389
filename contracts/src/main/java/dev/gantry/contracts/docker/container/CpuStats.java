package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;

/** CPU time, of the container and of the whole host: the CLI shows the one by the other. */
public record CpuStats(
        @JsonProperty("cpu_usage") CpuUsage cpuUsage,
        @OmitEmpty @JsonProperty("system_cpu_usage") long systemCpuUsage,
        @OmitEmpty @JsonProperty("online_cpus") int onlineCpus,
        @JsonProperty("throttling_data") ThrottlingData throttlingData) {}
