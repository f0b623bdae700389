package dev.gantry.oci.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** How a container's health is probed (Docker's extension). Durations in nanoseconds, 0 inherits. */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Healthcheck(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("Test")
        List<String> test,

        @JsonProperty("Interval") long interval,
        @JsonProperty("Timeout") long timeout,
        @JsonProperty("StartPeriod") long startPeriod,
        @JsonProperty("StartInterval") long startInterval,
        @JsonProperty("Retries") int retries) {
    @SuppressWarnings("NullAway") // Jackson gives null where the document has nothing
    public Healthcheck {
        test = test == null ? List.of() : List.copyOf(test);
    }
}
