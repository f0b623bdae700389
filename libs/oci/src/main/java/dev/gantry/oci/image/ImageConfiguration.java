package dev.gantry.oci.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image: its platform, its defaults, its layers, its past (config.md). Its id is the digest of its JSON, so the bytes it was read from are
 * what is kept, never a second writing.
 *
 * @param comment Docker's: what {@code import -m} and {@code commit -m} said
 * @param dockerVersion Docker's: which engine made it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImageConfiguration(
        @JsonProperty("created") @Nullable Instant created,
        @JsonProperty("author") @Nullable String author,
        @JsonProperty("architecture") String architecture,
        @JsonProperty("variant") @Nullable String variant,
        @JsonProperty("os") String os,
        @JsonProperty("os.version") @Nullable String osVersion,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("config") @Nullable
        ExecutionConfig config,

        @JsonProperty("rootfs") RootFilesystem rootfs,
        @JsonProperty("history") List<History> history,
        @JsonProperty("comment") @Nullable String comment,
        @JsonProperty("docker_version") @Nullable String dockerVersion) {
    @SuppressWarnings("NullAway") // Jackson gives null where the document has nothing
    public ImageConfiguration {
        history = history == null ? List.of() : List.copyOf(history);
        if (architecture == null || os == null || rootfs == null) {
            throw new IllegalArgumentException("image config without architecture, os or rootfs");
        }
    }

    /** What it gives containers; says nothing when the document has no such part. */
    public ExecutionConfig execution() {
        return config == null ? ExecutionConfig.EMPTY : config;
    }
}
