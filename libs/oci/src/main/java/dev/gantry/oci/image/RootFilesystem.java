package dev.gantry.oci.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.oci.digest.Digest;
import java.util.List;

/**
 * The layers of an image by the digests of their uncompressed archives.
 *
 * @param diffIds the lowest first
 */
public record RootFilesystem(
        @JsonProperty("type") String type,
        @JsonProperty("diff_ids") List<String> diffIds) {
    public static final String LAYERS = "layers";

    @SuppressWarnings("NullAway") // Jackson gives null where the document has nothing
    public RootFilesystem {
        diffIds = diffIds == null ? List.of() : List.copyOf(diffIds);
        diffIds.forEach(Digest::parse);
    }

    public static RootFilesystem of(List<Digest> diffIds) {
        return new RootFilesystem(LAYERS, diffIds.stream().map(Digest::toString).toList());
    }
}
