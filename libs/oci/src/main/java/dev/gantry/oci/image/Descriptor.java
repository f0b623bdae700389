package dev.gantry.oci.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.oci.digest.Digest;
import java.util.Map;

/** What content is and how to check it (descriptor.md). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Descriptor(
        @JsonProperty("mediaType") String mediaType,
        @JsonProperty("digest") String digest,

        @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("size")
        long size,

        @JsonProperty("annotations") Map<String, String> annotations) {
    @SuppressWarnings("NullAway") // Jackson gives null where the document has nothing
    public Descriptor {
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
        Digest.parse(digest == null ? "" : digest);
        if (size < 0) {
            throw new IllegalArgumentException("descriptor of " + digest + ": negative size");
        }
    }

    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest.toString(), size, Map.of());
    }
}
