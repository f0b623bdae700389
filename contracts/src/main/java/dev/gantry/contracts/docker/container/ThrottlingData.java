package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How often, and for how many nanoseconds, the quota held the container up. */
public record ThrottlingData(
        @JsonProperty("periods") long periods,
        @JsonProperty("throttled_periods") long throttledPeriods,
        @JsonProperty("throttled_time") long throttledTime) {}
