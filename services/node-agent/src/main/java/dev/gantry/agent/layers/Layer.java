package dev.gantry.agent.layers;

import java.util.regex.Pattern;

/**
 * A layer as an image names it.
 *
 * @param diffId {@code sha256:} and the hash of the tar
 * @param digest {@code sha256:} and the hash of the blob, which is the tar or a compressed form of it
 * @param size of the blob in bytes; negative: not known
 */
public record Layer(String diffId, String digest, long size) {
    private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

    public Layer {
        requireSha256("diff id", diffId);
        requireSha256("digest", digest);
    }

    /** The 64 digits that name the layer's directory. */
    String hex() {
        return diffId.substring("sha256:".length());
    }

    private static void requireSha256(String what, String value) {
        if (!SHA256.matcher(value).matches()) {
            throw new IllegalArgumentException("layer " + what + " is not sha256 and 64 hex digits");
        }
    }
}
