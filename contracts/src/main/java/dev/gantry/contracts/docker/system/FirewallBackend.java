package dev.gantry.contracts.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.OmitEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What filters packets on the host. */
public record FirewallBackend(
        @JsonProperty("Driver") String driver,
        @OmitEmpty @JsonProperty("Info") @Nullable List<List<String>> info) {}
