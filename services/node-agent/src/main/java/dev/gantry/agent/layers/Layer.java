package dev.gantry.agent.layers;

import dev.gantry.oci.digest.Digest;

/**
 * A layer as an image names it.
 *
 * @param diffId of the tar
 * @param digest of the blob, which is the tar or a compressed form of it
 * @param size of the blob in bytes; negative: not known
 */
public record Layer(Digest diffId, Digest digest, long size) {
    /** @throws dev.gantry.oci.digest.InvalidDigestException when one of the digests is none */
    public static Layer of(String diffId, String digest, long size) {
        return new Layer(Digest.parse(diffId), Digest.parse(digest), size);
    }
}
