package dev.gantry.agent.layers;

import dev.gantry.oci.digest.Digest;
import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of blobs come from. */
@FunctionalInterface
public interface BlobSource {
    /**
     * The blob's bytes as they are stored, from an offset on. The reader verifies them.
     *
     * @param offset bytes to leave out, less than the blob has
     * @throws dev.gantry.contracts.error.GantryException NO_SUCH_BLOB when the store does not have it: asking again is useless
     * @throws IOException when the transport failed: asking again from where it stopped may help
     */
    InputStream open(Digest digest, long offset) throws IOException;
}
