package dev.gantry.agent.layers;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of blobs come from. */
@FunctionalInterface
public interface BlobSource {
    /**
     * The blob's bytes as they are stored, from an offset on. The reader verifies them.
     *
     * @param digest {@code sha256:} and 64 hex digits
     * @param offset bytes to leave out, 0 to the blob's size
     * @throws NoSuchBlobException when the store does not have it: asking again is useless
     * @throws IOException when the transport failed: asking again from where it stopped may help
     */
    InputStream open(String digest, long offset) throws IOException;

    /** The content store does not have the blob. */
    final class NoSuchBlobException extends IOException {
        public NoSuchBlobException(String digest) {
            super("blob unknown to registry: " + digest);
        }
    }
}
